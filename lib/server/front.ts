import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { actorOfCookie } from '@/lib/access/principals/session'
import { sessionCookieName } from '@/lib/access/principals/session-cookie'
import { refusalOf } from '@/lib/boundary/report'
import type { DecisionDoor } from '@/lib/api/decisions/door'
import { isDecisionPath } from '@/lib/api/decisions/metadata'
import type { OauthDoor } from '@/lib/api/oauth/door'
import { isOauthPath } from '@/lib/api/oauth/metadata'
import { withoutSecrets } from '@/lib/features/audit-events/redaction'
import { SCIM_BASE } from '@/lib/features/provisioning/rules'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { withRequest, type RequestFacts } from '@/lib/request'
import { clientAddress, plainAddress, type TrustedProxies } from './client-address'
import { checkBody, checkHost, checkOrigin, type OwnAddresses } from './entrance-rules'
import { answerHealth } from './health'
import { metrics, type RouteKind } from './metrics'
import { answerRefusal } from './refusal-answer'
import { passPageGate } from './page-gate'
import { givenRequestId, replaceHeaders } from './request-headers'
import { contentSecurityPolicy, securityHeaders } from './security-headers'

export type FrontSettings = {
  isDevelopment: boolean
  isHttps: boolean
  own: OwnAddresses
  trusted: TrustedProxies
  isDraining: () => boolean
  api: RequestListener
  scim: RequestListener
  decisions: DecisionDoor
  oauth: OauthDoor
  pages: (req: IncomingMessage, res: ServerResponse) => Promise<void>
}

const isBelow = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`)
const isMachinePath = (path: string): boolean => isBelow(path, '/api/v1') || isScimPath(path)
const isScimPath = (path: string): boolean => isBelow(path, SCIM_BASE)
const isStaticPath = (path: string): boolean => path.startsWith('/_next/') || /^\/[\w.-]+\.(svg|ico|png|txt|webmanifest)$/.test(path)

function kindOf(req: IncomingMessage, path: string): RouteKind {
  if (isMachinePath(path) || isOauthPath(path)) return 'api'
  if (isStaticPath(path)) return 'static'
  return req.headers['next-action'] === undefined ? 'page' : 'action'
}

const isLoopback = (req: IncomingMessage): boolean => ['127.0.0.1', '::1'].includes(plainAddress(req.socket.remoteAddress) ?? '')

function cookieOf(req: IncomingMessage, name: string): string | undefined {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

function observe(req: IncomingMessage, res: ServerResponse, kind: RouteKind, path: string, facts: RequestFacts): void {
  const started = performance.now()
  res.on('finish', () => {
    const seconds = (performance.now() - started) / 1000
    metrics().duration.observe({ kind, status: String(res.statusCode) }, seconds)
    if (kind === 'static') return
    // Paths may hold the secret of a link; its part after the dot is left out. So is a credential that somebody put there by mistake.
    const shown = withoutSecrets(path.replace(/\.[0-9a-f]{16,}/g, '.[redacted]'))
    log().info({ requestId: facts.id, method: req.method, path: shown, status: res.statusCode, ms: Math.round(seconds * 1000), address: facts.address }, 'request')
  })
}

/** The gate of pages and actions: who is signed in is looked up here once, from where they may come is asked, and a database that is away is told here. */
async function enterPages(req: IncomingMessage, res: ServerResponse, path: string, facts: RequestFacts, settings: FrontSettings): Promise<void> {
  const actor = await withRequest(facts, () => actorOfCookie(cookieOf(req, sessionCookieName())))
  const known = { ...facts, session: actor }
  await withRequest(known, async () => {
    if (actor) await passPageGate(path, actor, known)
    await settings.pages(req, res)
  })
}

const NO_ADDRESS = () => new AppError('malformed-request', 'a proxy in front sent no usable client address')

/** The one listener in front of everything. */
export function makeFront(settings: FrontSettings): RequestListener {
  const { own, isDevelopment } = settings
  const fixedHeaders = Object.entries(securityHeaders(settings.isHttps))
  /** After an action redirects, Next.js fetches the next page from ourselves: that request is the browser's, not loopback's. */
  const underWay = new Map<string, RequestFacts>()

  async function handle(req: IncomingMessage, res: ServerResponse, path: string, facts: RequestFacts, kind: RouteKind): Promise<void> {
    if (settings.isDraining()) res.setHeader('connection', 'close')
    if (await answerHealth(path, res, settings.isDraining())) return
    checkHost(req, own)
    checkBody(req, path)
    if (isOauthPath(path)) return void withRequest(facts, () => settings.oauth(req, res, path))
    if (kind === 'api') return void withRequest(facts, () => (isScimPath(path) ? settings.scim : settings.api)(req, res))
    if (kind === 'static') return settings.pages(req, res)
    checkOrigin(req, path, own)
    await enterPages(req, res, path, facts, settings)
  }

  /** Decisions are counted, not logged one by one: what stands in front of them stays less than the decision. */
  function enterDecisions(req: IncomingMessage, res: ServerResponse, path: string): void {
    try {
      const address = clientAddress(req, settings.trusted)
      if (address === null) throw NO_ADDRESS()
      let made: RequestFacts | undefined
      const facts = (): RequestFacts =>
        (made ??= { id: givenRequestId(req) ?? newId('request'), address, userAgent: String(req.headers['user-agent'] ?? ''), source: 'api', nonce: '', session: null })
      if (settings.isDraining()) res.setHeader('connection', 'close')
      checkHost(req, own)
      checkBody(req, path)
      settings.decisions(req, res, path, facts)
    } catch (error) {
      const refusal = refusalOf(error)
      metrics().refusals.inc({ code: refusal.code })
      for (const [name, value] of fixedHeaders) res.setHeader(name, value)
      res.setHeader('x-request-id', req.headers['x-request-id'] ?? refusal.requestId)
      answerRefusal(req, res, refusal, '', true)
    }
  }

  return (req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    if (isDecisionPath(path)) return enterDecisions(req, res, path)
    const kind = kindOf(req, path)
    const id = givenRequestId(req) ?? newId('request')
    const origin = isLoopback(req) ? underWay.get(id) : undefined
    const address = origin?.address ?? clientAddress(req, settings.trusted)
    const nonce = kind === 'page' || kind === 'action' ? randomBytes(16).toString('base64') : ''
    const policy = contentSecurityPolicy(nonce, isDevelopment, path)
    const facts: RequestFacts = { id, address: address ?? '', userAgent: origin?.userAgent ?? String(req.headers['user-agent'] ?? ''), source: isScimPath(path) ? 'scim' : kind === 'api' ? 'api' : 'console', nonce, session: null }
    for (const [name, value] of fixedHeaders) res.setHeader(name, value)
    res.setHeader('x-request-id', id)
    if (nonce) res.setHeader('content-security-policy', policy)
    replaceHeaders(req, {
      'x-request-id': id, 'x-forwarded-for': facts.address, 'x-forwarded-host': req.headers.host ?? '', 'x-forwarded-proto': settings.isHttps ? 'https' : 'http',
      ...(nonce && { 'content-security-policy': policy }),
    })
    observe(req, res, kind, path, facts)
    if (kind === 'action' && origin === undefined) {
      underWay.set(id, facts)
      res.once('close', () => underWay.delete(id))
    }
    const work = address === null
      ? Promise.reject(NO_ADDRESS())
      : handle(req, res, path, facts, kind)
    work.catch((error: unknown) => {
      const refusal = withRequest(facts, () => refusalOf(error))
      metrics().refusals.inc({ code: refusal.code })
      if (res.headersSent) res.destroy()
      else answerRefusal(req, res, refusal, nonce, kind === 'api')
    })
  }
}
