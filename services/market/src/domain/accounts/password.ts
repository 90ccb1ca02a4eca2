import { refuseField } from '@jishi/contracts/problem';

/** What guessers try first at a length of twelve and more: these with a few characters around. */
const COMMON = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'administrator',
  'admin',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  '1qaz2wsx',
  '1q2w3e4r5t',
  '1q2w3e4r',
  'q1w2e3r4',
  '1234567890',
  '0123456789',
  '0987654321',
  '123456789',
  '12345678',
  '123456',
  '654321',
  '111111',
  '000000',
  '666666',
  '888888',
  '5201314',
  'iloveyou',
  'woaini',
  'welcome',
  'letmein',
  'changeme',
  'abcdefghijkl',
  'abcdef',
  'abc123',
  'a123456',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'trustno1',
  'master',
  'secret',
  'default',
  'zhongguo',
  'china',
];

const OWN = ['技市', '技术市场', '苏州', '统一社会信用代码', 'jishi', 'suzhou', 'jishujiaoyi'];

const CHARACTERS_LEFT_MIN = 8;
const CHARACTERS_DIFFERENT_MIN = 5;

/**
 * Refuses a password that is hardly more than words everybody would try: what is left without
 * common sequences, our own names and the person's own must have 8 characters, and the whole at
 * least 5 different ones. Length is checked by the contract (12 to 128, ASVS 6.2.1, 6.2.4, 6.2.9).
 */
export const requireUncommonPassword = (password: string, personal: readonly string[]): void => {
  const folded = password.normalize('NFKC').toLowerCase();
  const words = [...personal.map((w) => w.normalize('NFKC').toLowerCase()), ...COMMON, ...OWN]
    .filter((word) => [...word].length > 1)
    .sort((a, b) => b.length - a.length);
  const left = words.reduce((rest, word) => rest.replaceAll(word, ''), folded);
  if ([...left].length >= CHARACTERS_LEFT_MIN && new Set(folded).size >= CHARACTERS_DIFFERENT_MIN) {
    return;
  }
  throw refuseField(
    'password-too-common',
    'password',
    'password-too-common',
    '请换一个:不要用常见序列,也不要用系统、城市、单位或本人的名称',
    'Choose another: no common sequences and no names of the system, city, organisation or person',
  );
};
