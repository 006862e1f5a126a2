import { cookies } from 'next/headers'
import { requireActor } from '@/lib/boundary/browser'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { testerOf } from '@/lib/features/saml-connections/tester'
import type { AttemptPurpose } from '@/lib/features/sso-connections/attempts'
import { requireConfirmer } from '@/lib/features/sso-connections/confirmation'
import type { SignInConnection } from '@/lib/features/sso-connections/judge'
import { signInCookieName } from '@/lib/features/sso-connections/browser-cookie'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { absoluteUrl } from '@/lib/env'
import { refusalOf } from '@/lib/boundary/report'
import { findSamlConnection, type SamlConnection } from '@/lib/features/saml-connections/queries'
import { AppError } from '@/lib/errors'
import { requestFacts } from '@/lib/request'
import type { AuthnRequest } from '@/lib/sso/saml/authn-request'
import { escapeXml } from '@/lib/sso/saml/xml-tree'

export type Context = { params: Promise<{ connection: string }> }

const NO_STORE = { 'cache-control': 'no-store' }

/** Sends the browser on with a GET, to one of our own addresses. */
export const seeOther = (path: string): Response => new Response(null, { status: 303, headers: { location: absoluteUrl(path), ...NO_STORE } })

/** To the page that says why it did not work. */
export const toRefusal = (reason: SignInRefusal, request: string | null = null): Response =>
  seeOther(`/sign-in?${new URLSearchParams({ error: reason, request: request ?? requestFacts().id }).toString()}`)

/** The page of a confirmation that did not work, where there may be other ways. */
export const confirmPagePath = (refused: SignInRefusal, next: string | null = null): string =>
  `/confirm?${new URLSearchParams({ refused, ...(next !== null && { next }) }).toString()}`

/** What a browser asks for that begins, and for which session. */
export async function askedOf(connection: SignInConnection, search: URLSearchParams): Promise<{ purpose: AttemptPurpose; sessionId?: string; next: string | null }> {
  const next = safeNextPath(search.get('next') ?? undefined)
  if (search.has('test')) return { purpose: 'test', next, sessionId: (await testerOf(connection)).sessionId }
  if (search.has('confirm')) return { purpose: 'confirm', next, sessionId: (await requireConfirmer(requireActor(), connection)).sessionId }
  return { purpose: 'sign-in', next }
}

/** The secret that binds a sign-in under way to this browser. */
export const browserSecretOf = async (): Promise<string | undefined> => (await cookies()).get(signInCookieName())?.value

/** The connection an address names. @throws AppError `not-found` */
export async function connectionOf({ params }: Context): Promise<SamlConnection> {
  const { connection: id } = await params
  const connection = await findSamlConnection(id)
  if (!connection) throw new AppError('not-found', `no SAML connection \`${id.slice(0, 60)}\``)
  return connection
}

/** Does a door's work; what it refuses is answered as a line of text, since no page of ours is around it. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    const { status, title, message, requestId, retryAfterSeconds } = refusalOf(error)
    const headers = { 'content-type': 'text/plain; charset=utf-8', ...NO_STORE, ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }) }
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers })
  }
}

const STYLE = ':root{color-scheme:light dark}body{font:15px/24px system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:Canvas;color:CanvasText}main{padding:24px}a,button{font:inherit;color:LinkText}button{background:none;border:0;padding:0;text-decoration:underline;cursor:pointer}'

/**
 * A page that goes on to the identity provider by itself. It is a page and no redirect, because the form that led
 * here may go to our own addresses only, redirects included.
 */
export function leavingPage(connection: SamlConnection, request: AuthnRequest): Response {
  const { nonce } = requestFacts()
  const url = escapeXml(request.url)
  const fields = request.kind === 'post' ? Object.entries(request.fields).map(([name, value]) => `<input type="hidden" name="${escapeXml(name)}" value="${escapeXml(value)}">`).join('') : ''
  const way = request.kind === 'redirect'
    ? `<p><a href="${url}">Go to ${escapeXml(connection.name)}</a></p>`
    : `<form id="on" method="post" action="${url}">${fields}<button>Go to ${escapeXml(connection.name)}</button></form><script nonce="${nonce}">document.getElementById('on').submit()</script>`
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Signing in · Gatehouse</title>${request.kind === 'redirect' ? `<meta http-equiv="refresh" content="0;url=${url}">` : ''}<style nonce="${nonce}">${STYLE}</style></head><body><main><h1>Signing in</h1>${way}</main></body></html>`
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...NO_STORE } })
}
