import { describe, expect, it } from 'vitest';
import { isLoopback, readSettings } from './settings.ts';

const HTTPS = 'https://jishi.example';

describe('the environment', () => {
  it('with nothing in it is the embedded market on loopback, with demo accounts', () => {
    expect(readSettings({})).toStrictEqual({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: undefined,
      proxies: [],
      dataDir: undefined,
      database: { kind: 'embedded' },
      log: 'synthetic',
      logLevel: 'info',
      demo: true,
      seed: true,
    });
  });

  it('takes the word of named proxies, and behind https of one on this machine', () => {
    const named = { PROXY_ADDRESSES: '10.0.0.7, 10.0.0.8' };
    expect(readSettings(named).proxies).toStrictEqual(['10.0.0.7', '10.0.0.8']);
    expect(readSettings({ PUBLIC_URL: HTTPS }).proxies).toStrictEqual(['127.0.0.1', '::1']);
    expect(readSettings({ PUBLIC_URL: 'http://jishi.example' }).proxies).toStrictEqual([]);
  });

  it('counts an empty value as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', HOST: '' })).toStrictEqual(readSettings({}));
  });

  it.each([
    ['-1', false],
    ['0', true],
    ['65535', true],
    ['65536', false],
    ['http', false],
  ])('PORT=%s is accepted: %s', (PORT, accepted) => {
    const read = () => readSettings({ PORT }).port;
    if (accepted) expect(read()).toBe(Number(PORT));
    else expect(read).toThrow('PORT');
  });

  it('takes the three databases together, and before DATABASE_URL', () => {
    const urls = { MARKET_DATABASE_URL: 'm', LEDGER_DATABASE_URL: 'l', SUBSIDY_DATABASE_URL: 's' };
    expect(readSettings({ ...urls, DATABASE_URL: 'd' }).database).toStrictEqual({
      kind: 'given',
      urls: { market: 'm', ledger: 'l', subsidy: 's' },
    });
    expect(() => readSettings({ MARKET_DATABASE_URL: 'm', LEDGER_DATABASE_URL: 'l' })).toThrow(
      'missing SUBSIDY_DATABASE_URL',
    );
  });
});

describe('a host that others reach', () => {
  it.each([
    [{}, 'ALLOW_REMOTE=1 and PUBLIC_URL'],
    [{ ALLOW_REMOTE: '1' }, 'needs PUBLIC_URL'],
    [{ PUBLIC_URL: HTTPS }, 'needs ALLOW_REMOTE=1 '],
    [{ ALLOW_REMOTE: '1', PUBLIC_URL: 'http://jishi.example' }, 'needs PUBLIC_URL'],
  ])('with %j is refused', (more, told) => {
    expect(() => readSettings({ HOST: '0.0.0.0', ...more })).toThrow(told);
  });

  it('with consent and an https address is accepted, without demo accounts', () => {
    const settings = readSettings({ HOST: '0.0.0.0', ALLOW_REMOTE: '1', PUBLIC_URL: HTTPS });
    expect(settings).toMatchObject({ host: '0.0.0.0', publicUrl: HTTPS, demo: false });
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['localhost', true],
    ['::1', true],
    ['128.0.0.1', false],
    ['0.0.0.0', false],
    ['127.0.0.1.example', false],
  ])('%s is loopback: %s', (host, loopback) => {
    expect(isLoopback(host)).toBe(loopback);
  });
});

describe('demo accounts', () => {
  it.each([
    [{ DATABASE_URL: 'postgres://x' }],
    [{ NODE_ENV: 'production', ACCEPT_EMBEDDED: '1' }],
    [{ JISHI_LOG: 'real' }],
    [{ HOST: '10.0.0.1', ALLOW_REMOTE: '1', PUBLIC_URL: HTTPS }],
  ])('are off with %j, and asking for them is refused', (environment) => {
    expect(readSettings(environment).demo).toBe(false);
    expect(() => readSettings({ ...environment, ENABLE_DEMO: '1' })).toThrow('ENABLE_DEMO=1');
  });

  it('may be asked for where they are the default', () => {
    expect(readSettings({ ENABLE_DEMO: '1' }).demo).toBe(true);
  });
});

it('production with the embedded database needs consent', () => {
  expect(() => readSettings({ NODE_ENV: 'production' })).toThrow('ACCEPT_EMBEDDED=1');
  const settings = readSettings({ NODE_ENV: 'production', ACCEPT_EMBEDDED: '1' });
  expect(settings.database.kind).toBe('embedded');
});

it('a real log is never seeded', () => {
  expect(readSettings({ JISHI_LOG: 'real' }).seed).toBe(false);
  expect(readSettings({ SEED: 'off' }).seed).toBe(false);
});
