import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '@/lib/access/principals/verified-keys'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { refusalOf } from '@/lib/boundary/report'
import { now } from '@/lib/clock'
import { AppError, isAppError } from '@/lib/errors'
import { withRequest, type RequestFacts } from '@/lib/request'
import type { Limit } from '@/lib/shared-counter'
import { challenge } from '../credential'
import { makeRequestGuard } from '../rate-limit'
import { checkAddress, findCaller, isNoteDue, knownCaller, noteCaller } from './caller'
import { evaluate, evaluateAll, type Asking } from './evaluate'
import { DECISION_BASE, METADATA_PATH, metadata } from './metadata'
import { readEvaluation, readEvaluations, readObject, type Json } from './payload'
import { readText } from './request-body'
import { answerActionSearch, answerResourceSearch, answerSubjectSearch } from './searches'

type Work = (asking: Asking, body: Json) => unknown

const ENDPOINTS: ReadonlyMap<string, Work> = new Map<string, Work>([
  [`${DECISION_BASE}/evaluation`, (asking, body) => evaluate(asking, readEvaluation(body))],
  [`${DECISION_BASE}/evaluations`, (asking, body) => {
    const many = readEvaluations(body)
    return many === null ? evaluate(asking, readEvaluation(body)) : evaluateAll(asking, many)
  }],
  [`${DECISION_BASE}/search/subject`, answerSubjectSearch],
  [`${DECISION_BASE}/search/resource`, answerResourceSearch],
  [`${DECISION_BASE}/search/action`, answerActionSearch],
])

export type DecisionDoor = (req: IncomingMessage, res: ServerResponse, path: string, facts: () => RequestFacts) => void

export type DoorSettings = {
  /** The indexes to answer from; left out, those of this process. */
  store?: ReturnType<typeof indexStore>
  /** Headers of every answer. */
  headers?: Readonly<Record<string, string>>
  /** Requests of one address without a good credential. */
  failures?: Limit
}

type Call = { req: IncomingMessage; res: ServerResponse; facts: () => RequestFacts }
type Headers = Record<string, string | number>

const NOT_ASCII = /[^\x20-\x7e]/
const JSON_TYPE = /^application\/json\s*(?:;|$)/i

function checkContentType(req: IncomingMessage): void {
  const type = req.headers['content-type'] ?? ''
  if (type === 'application/json' || JSON_TYPE.test(type)) return
  throw new AppError('malformed-request', type === '' ? 'the request has no content type; send `Content-Type: application/json`' : `the body is \`${type.slice(0, 80)}\`; send \`application/json\``)
}

/** The oldest state the caller takes for an answer; 0 when it does not say. @throws AppError `malformed-request` */
function versionWanted({ headers }: IncomingMessage): number {
  const given = headers['gatehouse-at-least-version']
  if (given === undefined) return 0
  const version = Number(given)
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return version
  throw new AppError('malformed-request', '`Gatehouse-At-Least-Version` is not a version; send the number of a `Gatehouse-Version` header')
}

const wantsExplanation = (url = ''): boolean => url.includes('?') && new URLSearchParams(url.slice(url.indexOf('?'))).get('explain') === 'true'

/**
 * The decision door (OpenID AuthZEN Authorization API 1.0): plain `node:http`, and for a key this process knows without a
 * promise and without a query, since the framework would cost many times the decision.
 */
export function makeDecisionDoor({ store: given, headers: fixed = {}, failures }: DoorSettings = {}): DecisionDoor {
  const guard = makeRequestGuard(failures && { failures })
  const decisionHeaders = [...Object.entries(fixed).flat(), 'cache-control', 'no-store', 'content-type', 'application/json']
  let known = given
  // Found when first asked for, as the settings name the database by then.
  const storeOf = () => (known ??= indexStore())

  function send({ req, res }: Call, status: number, text: string, headers: Headers): void {
    const id = req.headers['x-request-id']
    res.writeHead(status, {
      ...fixed, 'cache-control': 'no-store', ...headers, 'content-length': Buffer.byteLength(text),
      ...(typeof id === 'string' && { 'x-request-id': id }),
    })
    finish(req, res, text)
  }

  /** The answer nearly everybody gets, with its headers in a flat list: Node.js copies and checks less. */
  function sendDecision({ req, res }: Call, text: string, version: number): void {
    const id = req.headers['x-request-id']
    const headers = [...decisionHeaders, 'gatehouse-version', String(version), 'content-length', String(Buffer.byteLength(text))]
    if (typeof id === 'string') headers.push('x-request-id', id)
    res.writeHead(200, headers)
    finish(req, res, text)
  }

  function finish(req: IncomingMessage, res: ServerResponse, text: string): void {
    const id = req.headers['x-request-id']
    if (req.method === 'HEAD') res.end()
    // Headers go out in the encoding of a text that is sent with them; bytes leave an id that is not ASCII as it came.
    else if (typeof id === 'string' && NOT_ASCII.test(id)) res.end(Buffer.from(text))
    else res.end(text)
  }

  /** A bad credential counts against its address; too many are refused as such. */
  function refuse(call: Call, caught: unknown, headers: Headers = {}): void {
    if (!isAppError(caught) || caught.code !== 'unauthenticated') return tell(call, caught, headers)
    const tally = guard.begin()
    tally.count('failures', call.facts().address).then(() => caught, (error: unknown) => error).then((refused) => tell(call, refused, { ...headers, ...tally.headers() }))
      .catch(() => call.res.destroy())
  }

  /** AuthZEN's errors are a status and a message as text. */
  function tell(call: Call, caught: unknown, headers: Headers): void {
    const refusal = withRequest(call.facts(), () => refusalOf(caught))
    const { status, message, retryAfterSeconds, requestId } = refusal
    send(call, status, `${message}\n`, {
      'x-request-id': requestId, ...headers, 'content-type': 'text/plain; charset=utf-8',
      ...(status === 401 && { 'www-authenticate': challenge(message) }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': retryAfterSeconds }),
    })
  }

  function answer(call: Call, work: Work, caller: Caller, at: number, text: string): void {
    const { version } = caller.index.snapshot
    try {
      checkAddress(caller, call.facts)
      if (isNoteDue(caller, at)) withRequest(call.facts(), () => noteCaller(caller))
      checkContentType(call.req)
      const body = work({ caller, at, explains: wantsExplanation(call.req.url), address: () => call.facts().address }, readObject(text))
      sendDecision(call, JSON.stringify(body), version)
    } catch (error) {
      refuse(call, error, { 'gatehouse-version': version })
    }
  }

  function serve(call: Call, work: Work, text: string): void {
    const at = now().getTime()
    const { authorization } = call.req.headers
    const version = versionWanted(call.req)
    const store = storeOf()
    const caller = knownCaller(store, authorization, at)
    if (caller !== null && caller.index.snapshot.version >= version) return answer(call, work, caller, at, text)
    withRequest(call.facts(), () => findCaller(store, authorization, version))
      .then((found) => answer(call, work, found, at, text))
      .catch((error: unknown) => refuse(call, error))
  }

  return (req, res, path, facts) => {
    const call = { req, res, facts }
    if (path === METADATA_PATH) return sendMetadata(call)
    const work = ENDPOINTS.get(path)
    if (work === undefined) return refuse(call, new AppError('not-found', `there is no \`${path.slice(0, 200)}\` here; ${METADATA_PATH} lists what there is`))
    if (req.method !== 'POST') return refuse(call, new AppError('method-not-allowed', `\`${req.method ?? ''}\` is not possible here; POST is`), { allow: 'POST' })
    readText(req, (error, text) => {
      try {
        if (error) throw error
        serve(call, work, text)
      } catch (caught) {
        refuse(call, caught)
      }
    })
  }

  function sendMetadata(call: Call): void {
    const { method } = call.req
    if (method !== 'GET' && method !== 'HEAD') return refuse(call, new AppError('method-not-allowed', `\`${method ?? ''}\` is not possible here; GET is`), { allow: 'GET, HEAD' })
    send(call, 200, JSON.stringify(metadata()), { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' })
  }
}
