import { urlOf } from '@jishi/contracts/client';
import type { CallOf, EndpointSpec } from '@jishi/contracts/endpoint';
import { bearerFor } from '../../api/call.ts';

const NAME = /filename\*=UTF-8''([^;]+)/;

/** Fetches a file as whoever is signed in and offers it under the name that the service gives. */
export const download = async <E extends EndpointSpec>(spec: E, what: CallOf<E>): Promise<void> => {
  const token = await bearerFor(spec.service);
  const answer = await fetch(urlOf('', spec, what), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const name = NAME.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name ? decodeURIComponent(name) : 'sheet';
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
