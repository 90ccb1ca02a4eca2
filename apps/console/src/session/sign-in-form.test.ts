import { expect, test } from 'vitest';
import { checkSignIn } from './sign-in-form.tsx';

test('what is missing is named at its field', () => {
  expect(checkSignIn('', '')).toStrictEqual({
    email: 'emailMissing',
    password: 'passwordMissing',
  });
  expect(checkSignIn('  ', 'secret')).toStrictEqual({ email: 'emailMissing' });
});

test('an e-mail needs its @ with something on both sides', () => {
  expect(checkSignIn('name', 'secret')).toStrictEqual({ email: 'emailForm' });
  expect(checkSignIn('name@', 'secret')).toStrictEqual({ email: 'emailForm' });
  expect(checkSignIn(' name@example.cn ', 'secret')).toStrictEqual({});
});
