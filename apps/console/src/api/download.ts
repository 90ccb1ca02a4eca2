import { urlOf } from '@jishi/contracts/client';
import type { CallOf, EndpointSpec } from '@jishi/contracts/endpoint';
import { saveFile } from '../kit/save-file.ts';
import { bearerOf } from './call.ts';
import { patientFetch } from './patient-fetch.ts';

/** The name that a service gives its file, in either form of the header. */
const GIVEN_NAMES = [/filename\*=UTF-8''([^;]+)/, /filename="([\w.-]+)"/];

const nameIn = (header: string): string => {
  const given = GIVEN_NAMES.map((form) => form.exec(header)?.[1]).find(Boolean);
  return given ? decodeURIComponent(given) : 'file';
};

/**
 * Takes a file of a service as whoever is signed in (no plain link carries a token) and offers it
 * under the name given, or the one that the service gives. Null when it did not come, or not whole.
 * `send` for what leaves a trace each time it is asked for.
 */
export const download = async <E extends EndpointSpec>(
  spec: E,
  what: CallOf<E> = {},
  name?: string,
  send: typeof fetch = patientFetch,
): Promise<Blob | null> => {
  try {
    const token = await bearerOf(spec);
    const answer = await send(urlOf('', spec, what), {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    if (!answer.ok) return null;
    const file = await answer.blob();
    saveFile(name ?? nameIn(answer.headers.get('content-disposition') ?? ''), file);
    return file;
  } catch {
    return null;
  }
};
