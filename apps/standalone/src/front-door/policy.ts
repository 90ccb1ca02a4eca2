/** Response headers of every page that this door serves itself. */
export const pageHeaders = (nonce: string, https: boolean): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    // The component library sets style attributes itself.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
});

const NONCE_PLACE = /__CSP_NONCE__/g;

/** Puts the answer's nonce into the page; scripts read it from the meta element. */
export const withNonce = (page: string, nonce: string): string => {
  const filled = page.replace(NONCE_PLACE, nonce);
  if (/<meta[^>]+csp-nonce/.test(filled)) return filled;
  return filled.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`);
};
