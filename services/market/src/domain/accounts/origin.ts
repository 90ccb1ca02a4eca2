const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

const urlOf = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const isLoopback = (url: URL): boolean => LOOPBACK_HOSTS.includes(url.hostname);

/** Whether an `Origin` is ours: the public one; on loopback also its other names and the host. */
const isOurs = (origin: string, publicUrl: string, host: string | undefined): boolean => {
  const [asking, ours] = [urlOf(origin), urlOf(publicUrl)];
  if (!asking || !ours || asking.origin !== origin) return false;
  if (asking.origin === ours.origin) return true;
  if (!isLoopback(ours) || !isLoopback(asking) || asking.protocol !== ours.protocol) return false;
  return asking.port === ours.port || asking.host === host;
};

export interface Whence {
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`; set by browsers, out of reach of pages. */
  readonly fetchSite: string | undefined;
  readonly host: string | undefined;
  readonly withCookie: boolean;
}

/**
 * Whether an unsafe request may go on: nothing that is said about its origin may be foreign, and
 * with a cookie at least one of the two must say that it is ours. (ASVS 3.5.1; a check of the
 * content type alone lets a foreign JSON post through.)
 */
export const isOriginAllowed = (whence: Whence, publicUrl: string): boolean => {
  const { origin, fetchSite } = whence;
  if (origin !== undefined && !isOurs(origin, publicUrl, whence.host)) return false;
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  return origin !== undefined || fetchSite !== undefined || !whence.withCookie;
};
