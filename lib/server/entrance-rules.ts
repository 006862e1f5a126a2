import type { IncomingMessage } from 'node:http'
import { bodyMaxOf } from '@/lib/api/body-limit'
import { AppError } from '@/lib/errors'

export type OwnAddresses = { hosts: ReadonlySet<string>; origins: ReadonlySet<string> }

/** Hosts and origins under which we are: the configured address, or the names of this machine. */
export function ownAddresses(publicUrl: URL, isConfigured: boolean): OwnAddresses {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`
  const hosts = isConfigured ? [publicUrl.host] : ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}${port}`)
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `${publicUrl.protocol}//${host}`)) }
}

const reads = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** Identity providers have browsers post here, from their own site. */
const isPostedFromOutside = (path: string): boolean => /^\/sso\/saml\/[^/]+\/acs$/.test(path)

/** @throws AppError `wrong-host` when the request was meant for another site */
export function checkHost(req: IncomingMessage, own: OwnAddresses): void {
  const host = (req.headers.host ?? '').toLowerCase()
  if (!own.hosts.has(host)) throw new AppError('wrong-host', `\`${host.slice(0, 100)}\` is not an address of this installation; use ${[...own.hosts][0] ?? ''}`)
}

/** Every change from a browser must come from our own pages. @throws AppError `wrong-origin` */
export function checkOrigin(req: IncomingMessage, path: string, own: OwnAddresses): void {
  if (reads(req.method) || isPostedFromOutside(path)) return
  const { origin } = req.headers
  if (origin === undefined || !own.origins.has(origin)) throw new AppError('wrong-origin', 'the request does not name this site as its origin')
}

/** The length must be told and within bounds, before anything is read. @throws AppError `too-large`, `malformed-request` */
export function checkBody(req: IncomingMessage, path: string): void {
  if (reads(req.method)) return
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers
  if (encoding !== undefined) throw new AppError('malformed-request', 'send a content-length instead of a chunked body')
  const most = bodyMaxOf(path)
  if (length !== undefined && Number(length) > most) throw new AppError('too-large', `a request here may have at most ${most} bytes`)
}
