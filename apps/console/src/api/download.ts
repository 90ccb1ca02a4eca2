import { urlOf } from '@jishi/contracts/client';
import type { CallOf, EndpointSpec } from '@jishi/contracts/endpoint';
import { saveFile } from '../kit/save-file.ts';
import { bearerFor } from './call.ts';

const GIVEN_NAME = /filename\*=UTF-8''([^;]+)/;

/**
 * Takes a file of a service as whoever is signed in (no plain link carries a token) and offers it
 * under the name given, or the one that the service gives. False when it did not come.
 */
export const download = async <E extends EndpointSpec>(
  spec: E,
  what: CallOf<E>,
  name?: string,
): Promise<boolean> => {
  const token = await bearerFor(spec.service);
  const answer = await fetch(urlOf('', spec, what), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  }).catch(() => null);
  if (!answer?.ok) return false;
  const given = GIVEN_NAME.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  saveFile(name ?? (given ? decodeURIComponent(given) : 'file'), await answer.blob());
  return true;
};
