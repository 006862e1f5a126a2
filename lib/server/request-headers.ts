import type { IncomingMessage } from 'node:http'

const REFUSED = new Set(['forwarded', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip', 'cf-connecting-ip', 'fastly-client-ip', 'x-nonce', 'content-security-policy', 'content-security-policy-report-only'])
const REFUSED_PREFIXES = ['x-forwarded-', 'x-middleware-', 'x-gatehouse-']

/** Names a client may not send: they speak of the way here, and only we know it. */
const isRefused = (name: string): boolean => REFUSED.has(name) || REFUSED_PREFIXES.some((prefix) => name.startsWith(prefix))

/**
 * Replaces what a client claims by what is so. Next.js reads `headers`, Hono reads `rawHeaders`;
 * cleaning one would leave the other forged.
 *
 * @param own headers to set, lower case
 */
export function replaceHeaders(req: IncomingMessage, own: Readonly<Record<string, string>>): void {
  const raw = req.rawHeaders
  let kept = 0
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name, value] = [raw[i], raw[i + 1]]
    if (name === undefined || value === undefined) continue
    const lower = name.toLowerCase()
    if (isRefused(lower) || Object.hasOwn(own, lower)) continue
    raw[kept++] = name
    raw[kept++] = value
  }
  raw.length = kept
  for (const name of Object.keys(req.headers)) if (isRefused(name)) delete req.headers[name]
  for (const [name, value] of Object.entries(own)) {
    raw.push(name, value)
    req.headers[name] = value
  }
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,80}$/

/** A request id the client chose, when it has a harmless form. */
export function givenRequestId(req: IncomingMessage): string | null {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : null
}
