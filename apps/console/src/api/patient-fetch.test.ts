import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { patientFetch } from './patient-fetch.ts';

/** A service that gives these answers one after another, and how often it was asked. */
const answering = (statuses: readonly number[]) => {
  const service = vi.fn<typeof fetch>();
  for (const status of statuses) service.mockResolvedValueOnce(new Response('', { status }));
  vi.stubGlobal('fetch', service);
  return service;
};

const statusAfterPauses = async (): Promise<number> => {
  const asked = patientFetch('/api/ledger/head');
  await vi.runAllTimersAsync();
  return (await asked).status;
};

describe('a read of a page', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test.each([502, 503, 504])('is asked again after %i, until it is answered', async (busy) => {
    const service = answering([busy, busy, busy, 200]);
    expect(await statusAfterPauses()).toBe(200);
    expect(service).toHaveBeenCalledTimes(4);
  });

  test('says «busy» after four times', async () => {
    const service = answering([503, 503, 503, 503, 200]);
    expect(await statusAfterPauses()).toBe(503);
    expect(service).toHaveBeenCalledTimes(4);
  });

  test.each([200, 304, 401, 403, 404, 409, 422, 429, 500])(
    'takes %i as the answer',
    async (status) => {
      const service = vi.fn<typeof fetch>().mockResolvedValue(new Response(null, { status }));
      vi.stubGlobal('fetch', service);
      expect(await statusAfterPauses()).toBe(status);
      expect(service).toHaveBeenCalledTimes(1);
    },
  );

  test('tells who has stopped waiting what was heard last', async () => {
    answering([503, 200]);
    const ending = new AbortController();
    const asked = patientFetch('/api/ledger/head', { signal: ending.signal });
    ending.abort();
    await vi.runAllTimersAsync();
    expect((await asked).status).toBe(503);
  });

  test('leaves a lost connection to the caller', async () => {
    const service = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('lost'));
    vi.stubGlobal('fetch', service);
    await expect(patientFetch('/api/ledger/head')).rejects.toThrow('lost');
    expect(service).toHaveBeenCalledTimes(1);
  });
});
