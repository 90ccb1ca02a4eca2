import { describe, expect, it } from 'vitest';
import { requireUncommonPassword } from './password.ts';

const PERSONAL = ['wangwu', '王五', '苏州某某科技有限公司', '91320594780268314T'];
const isRefused = (password: string): boolean => {
  try {
    requireUncommonPassword(password, PERSONAL);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ type: 'password-too-common' });
    return true;
  }
};

describe('uncommon passwords', () => {
  it.each([
    'Password123456',
    'password2026!',
    'qwertyuiop123',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
    '1qaz2wsx3edc!',
    'jishi-2026-jishi',
    'Suzhou123456',
    '技市技市技市技市技市技市',
    'WangWu123456',
    '91320594780268314T',
    'ｐａｓｓｗｏｒｄ２０２６',
  ])('refuses %s', (password) => expect(isRefused(password)).toBe(true));

  it.each([
    'correct horse battery staple',
    '苏州的春天来得比往年更早一些',
    'a long sentence of mine',
    'x7Kp-93mQ-tt2v-LLa0',
  ])('takes %s', (password) => expect(isRefused(password)).toBe(false));

  it('wants eight characters beside the common words: seven are refused, eight taken', () => {
    expect(isRefused('password-kx7vq2')).toBe(true);
    expect(isRefused('password-kx7vq2z')).toBe(false);
  });
});
