import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { env } from '@/lib/env'
import { requestPinned, TooLargeError } from './pinned-request'
import { isLoopbackAddress, isPrivateAddress, isPublicAddress } from './public-addresses'

export type FetchOptions = {
  maxBytes: number
  /** For everything together: names, redirects, the whole answer. */
  timeoutMs: number
  method?: string
  body?: string
  headers?: Readonly<Record<string, string>>
  /** Addresses of a name; left out, the system is asked. */
  resolve?: (name: string) => Promise<string[]>
}

/** An answer of any status: what 404 means is the caller's matter. `url` is where the last redirect led. */
export type Fetched = { status: number; headers: Headers; body: Buffer; text: string; url: string }

/** Why there is no answer. `address-refused`: the URL, or where it leads, is not one we go to. */
export type FetchProblem = 'address-refused' | 'unknown-name' | 'unreachable' | 'timeout' | 'too-large' | 'too-many-redirects'

/** `message` names what was refused and why, for whoever typed the address. */
export type FetchResult = { ok: true; answer: Fetched } | { ok: false; problem: FetchProblem; message: string }

const REDIRECTS_MAX = 3
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

class Refused extends Error {
  constructor(readonly problem: FetchProblem, message: string) {
    super(message)
  }
}

const resolveBySystem = async (name: string): Promise<string[]> => (await lookup(name, { all: true })).map(({ address }) => address)

/** What is wrong with a URL as it is written, before any name is resolved; null: nothing. */
export function addressProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) return 'this is no URL'
  if (url.username !== '' || url.password !== '') return 'it may not hold a user name or password'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && env().GATEHOUSE_ALLOW_PRIVATE_IDP)) return null
  return 'it has to begin with `https://`'
}

const mayConnect = (address: string, protocol: string): boolean => {
  const isPrivateAllowed = env().GATEHOUSE_ALLOW_PRIVATE_IDP
  if (protocol === 'http:') return isPrivateAllowed && isLoopbackAddress(address)
  return isPublicAddress(address) || (isPrivateAllowed && isPrivateAddress(address))
}

const REFUSALS = { 'http:': 'without encryption only this machine itself is asked', 'https:': 'it leads into a private or reserved network' } as const

/** The one address to connect to. Were any of a name's addresses private, all are refused: whoever sets them chooses which is taken. */
async function pinnedAddress(url: URL, resolve: (name: string) => Promise<string[]>): Promise<string> {
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(name) === 0 ? await resolve(name).catch(() => []) : [name]
  const [first] = addresses
  if (first === undefined) throw new Refused('unknown-name', `\`${name}\` cannot be resolved`)
  if (addresses.every((address) => mayConnect(address, url.protocol))) return first
  throw new Refused('address-refused', `\`${url.host}\` is not asked: ${url.protocol === 'http:' ? REFUSALS['http:'] : REFUSALS['https:']}`)
}

/** Where a redirect leads; credentials and bodies are never carried to another origin. */
function nextOf(from: URL, location: string, headers: Readonly<Record<string, string>>): { url: URL; headers: Readonly<Record<string, string>> } {
  if (!URL.canParse(location, from)) throw new Refused('address-refused', `\`${from.host}\` redirects to what is no URL`)
  const url = new URL(location, from)
  const isSame = url.origin === from.origin
  return { url, headers: isSame ? headers : Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name))) }
}

async function follow(start: URL, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  const { maxBytes, method = 'GET', body, resolve = resolveBySystem } = options
  let [url, headers] = [start, options.headers ?? {}]
  for (let redirects = 0; ; redirects++) {
    const problem = addressProblem(url.href)
    if (problem !== null) throw new Refused('address-refused', `\`${url.origin}\` is not asked: ${problem}`)
    signal.throwIfAborted()
    const address = await pinnedAddress(url, resolve)
    const answer = await requestPinned({ url, address, method, headers, body, maxBytes, signal })
    const location = answer.headers.get('location')
    const isRedirect = method === 'GET' && location !== null && REDIRECTS.includes(answer.status)
    if (!isRedirect) return { ...answer, text: answer.body.toString('utf8'), url: url.href }
    if (redirects === REDIRECTS_MAX) throw new Refused('too-many-redirects', `\`${start.host}\` redirects more than ${REDIRECTS_MAX} times`)
    ;({ url, headers } = nextOf(url, location, headers))
  }
}

function problemOf(error: unknown, host: string, { maxBytes, timeoutMs }: FetchOptions, signal: AbortSignal): FetchResult {
  if (error instanceof Refused) return { ok: false, problem: error.problem, message: error.message }
  if (error instanceof TooLargeError) return { ok: false, problem: 'too-large', message: `\`${host}\` answers with more than ${maxBytes} bytes` }
  if (signal.aborted) return { ok: false, problem: 'timeout', message: `\`${host}\` did not answer within ${timeoutMs / 1000} seconds` }
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return { ok: false, problem: 'unreachable', message: `\`${host}\` cannot be reached${code}` }
}

/**
 * Fetches from an address that an administrator typed. Only https; the name is resolved once and only that address is
 * connected to; private and reserved addresses are refused, every redirect is looked at again, and time and size have
 * an end. `GATEHOUSE_ALLOW_PRIVATE_IDP=1` lets in one's own networks, and http on this machine itself.
 */
export async function guardedFetch(address: string, options: FetchOptions): Promise<FetchResult> {
  const problem = addressProblem(address)
  if (problem !== null) return { ok: false, problem: 'address-refused', message: `\`${address.slice(0, 200)}\` is not asked: ${problem}` }
  const url = new URL(address)
  const signal = AbortSignal.timeout(options.timeoutMs)
  try {
    const ended = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    // Resolving a name cannot be cut short, so the whole races against the end.
    return { ok: true, answer: await Promise.race([follow(url, options, signal), ended]) }
  } catch (error) {
    return problemOf(error, url.host, options, signal)
  }
}
