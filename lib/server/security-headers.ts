/** Pages that send the browser on to an identity provider by a form of their own. */
const leavesByForm = (path: string): boolean => /^\/sso\/saml\/[^/]+\/begin$/.test(path)

/** The content security policy of a page; Next.js reads the nonce from the same policy as a request header. */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean, path = '/'): string {
  const script = isDevelopment ? `'self' 'nonce-${nonce}' 'strict-dynamic' 'unsafe-eval'` : `'self' 'nonce-${nonce}' 'strict-dynamic'`
  const style = isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'", `script-src ${script}`, `style-src ${style}`, "img-src 'self' data:", "font-src 'self'",
    isDevelopment ? "connect-src 'self' ws:" : "connect-src 'self'",
    "object-src 'none'", "base-uri 'none'", leavesByForm(path) ? 'form-action https: http:' : "form-action 'self'", "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer. */
export function securityHeaders(isHttps: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  }
}
