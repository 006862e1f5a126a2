import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '@/lib/access/principals/verified-keys'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { now } from '@/lib/clock'
import { isAppError } from '@/lib/errors'
import { requestFacts, withRequest } from '@/lib/request'
import type { Limit } from '@/lib/shared-counter'
import { checkAddress, findCaller, isNoteDue, knownCaller, noteCaller } from '../decisions/caller'
import { readText } from '../decisions/request-body'
import { makeRequestGuard } from '../rate-limit'
import { secretInForm } from './client'
import { readForm, required, type Form } from './form'
import { introspect, requireIntrospect } from './introspect'
import { INTROSPECTION_PATH, OAUTH_METADATA_PATH, oauthMetadata, TOKEN_PATH } from './metadata'
import { OauthError, oauthRefusalOf } from './refusal'
import { grantToken } from './token'

/** Called inside the request's facts. */
export type OauthDoor = (req: IncomingMessage, res: ServerResponse, path: string) => void

export type OauthSettings = {
  /** The indexes to answer from; left out, those of this process. */
  store?: ReturnType<typeof indexStore>
  /** Requests of one address that were refused for want of a good credential or grant. */
  failures?: Limit
}

const NEVER_STORED = { 'cache-control': 'no-store', pragma: 'no-cache', 'content-type': 'application/json' }

function send(req: IncomingMessage, res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body)
  res.writeHead(status, { ...NEVER_STORED, ...headers, 'content-length': Buffer.byteLength(text) })
  res.end(req.method === 'HEAD' ? undefined : text)
}

/** Refusals that a guesser collects. */
const isFailure = (error: unknown): boolean =>
  error instanceof OauthError ? error.isGuess : isAppError(error) && error.code === 'unauthenticated'

/**
 * The OAuth door: tokens (RFC 6749, RFC 8693), introspection (RFC 7662) and their description (RFC 8414), on plain
 * `node:http`. Introspection of credentials that this process knows takes neither a promise nor a query.
 */
export function makeOauthDoor({ store: given, failures }: OauthSettings = {}): OauthDoor {
  const guard = makeRequestGuard(failures && { failures })
  let known = given
  const storeOf = () => (known ??= indexStore())

  function refuse(req: IncomingMessage, res: ServerResponse, caught: unknown, asBearer: boolean): void {
    const tell = (error: unknown, limits = {}) => {
      const { status, headers, body } = oauthRefusalOf(error, asBearer)
      send(req, res, status, body, { ...limits, ...headers })
    }
    if (!isFailure(caught)) return tell(caught)
    const tally = guard.begin()
    tally.count('failures', requestFacts().address).then(() => caught, (tooMany: unknown) => tooMany).then((error) => tell(error, tally.headers())).catch(() => res.destroy())
  }

  function answerIntrospection(req: IncomingMessage, res: ServerResponse, caller: Caller, form: Form, at: number): void {
    const address = () => requestFacts().address
    checkAddress(caller, requestFacts)
    if (isNoteDue(caller, at)) noteCaller(caller)
    requireIntrospect(caller, at, address)
    const answer = introspect(storeOf(), caller, { token: required(form, 'token'), clientAddress: form.get('client_address') }, at)
    if (!(answer instanceof Promise)) return send(req, res, 200, answer)
    answer.then((told) => send(req, res, 200, told)).catch((error: unknown) => refuse(req, res, error, true))
  }

  function serveIntrospection(req: IncomingMessage, res: ServerResponse, form: Form): void {
    const at = now().getTime()
    const inForm = secretInForm(form)
    const { authorization } = req.headers
    if (inForm !== undefined && authorization !== undefined) throw new OauthError('invalid_request', 'authenticate in the header or in the body, not both')
    const presented = inForm === undefined ? authorization : `Bearer ${inForm}`
    const caller = knownCaller(storeOf(), presented, at)
    if (caller !== null) return answerIntrospection(req, res, caller, form, at)
    findCaller(storeOf(), presented, 0)
      .then((found) => answerIntrospection(req, res, found, form, at))
      .catch((error: unknown) => refuse(req, res, error, true))
  }

  function serve(req: IncomingMessage, res: ServerResponse, path: string, text: string): void {
    const form = readForm(req.headers['content-type'], text)
    if (path === INTROSPECTION_PATH) return serveIntrospection(req, res, form)
    grantToken({ authorization: req.headers.authorization, form })
      .then((answer) => send(req, res, 200, answer))
      .catch((error: unknown) => refuse(req, res, error, false))
  }

  return (req, res, path) => {
    const isMetadata = path === OAUTH_METADATA_PATH
    const allow = isMetadata ? 'GET, HEAD' : 'POST'
    if (!isMetadata && path !== TOKEN_PATH && path !== INTROSPECTION_PATH) return refuse(req, res, new OauthError('invalid_request', `there is no \`${path.slice(0, 200)}\` here; ${OAUTH_METADATA_PATH} lists what there is`, 404), false)
    if (!allow.split(', ').includes(req.method ?? '')) return send(req, res, 405, { error: 'invalid_request', error_description: `${allow} is possible here` }, { allow })
    if (isMetadata) return send(req, res, 200, oauthMetadata(), { 'cache-control': 'public, max-age=3600' })
    // The body's events know nothing of the request's facts, so they are carried over.
    const facts = requestFacts()
    readText(req, (error, text) => withRequest(facts, () => {
      try {
        if (error) throw error
        serve(req, res, path, text)
      } catch (caught) {
        refuse(req, res, caught, path === INTROSPECTION_PATH)
      }
    }))
  }
}
