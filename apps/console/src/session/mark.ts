/**
 * The session's own cookie cannot be read by scripts. This one says only that somebody signed in
 * with this browser, so that who never did is not asked about, which would be a 401 on each page.
 * It opens nothing: the market judges by the session.
 */
const MARK = 'jishi.signed-in';
/** No shorter than a session of the market can last; a mark that outlives it costs one question. */
export const MARK_SECONDS = 7 * 24 * 3600;

export const hasSession = (): boolean =>
  document.cookie.split('; ').some((cookie) => cookie.startsWith(`${MARK}=`));

export const markSession = (seconds: number): void => {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser.
  document.cookie = `${MARK}=1; Path=/; SameSite=Strict; Max-Age=${seconds}${secure}`;
};
