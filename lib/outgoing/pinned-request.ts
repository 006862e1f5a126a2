import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestEncrypted } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'

export type PinnedRequest = {
  url: URL
  /** The only address that is connected to, whatever the name resolves to by then. */
  address: string
  method: string
  headers: Readonly<Record<string, string>>
  body?: string | undefined
  maxBytes: number
  signal: AbortSignal
}

export type PinnedAnswer = { status: number; headers: Headers; body: Buffer }

/** The answer has more bytes than it may. */
export class TooLargeError extends Error {}

/** Answers every question for a name with the pinned address. */
const lookupOf = (address: string): LookupFunction => (_name, options, done) => {
  const family = isIP(address)
  if (options.all) done(null, [{ address, family }])
  else done(null, address, family)
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  return headers
}

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<PinnedAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) throw new TooLargeError()
    chunks.push(bytes)
  }
  return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(chunks) }
}

/**
 * One request to one address. No connection is shared with others, no proxy and no compression is asked for; the
 * certificate is checked against the name in the URL.
 *
 * @throws TooLargeError beyond `maxBytes`; whatever Node.js says of connections, or the signal's reason
 */
export async function requestPinned({ url, address, method, headers, body, maxBytes, signal }: PinnedRequest): Promise<PinnedAnswer> {
  const options: RequestOptions = {
    method, signal, agent: false, lookup: lookupOf(address),
    headers: { accept: 'application/json, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'Gatehouse', ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
  }
  const request = url.protocol === 'https:' ? requestEncrypted(url, options) : requestPlain(url, options)
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve)
      request.on('error', reject)
      request.end(body)
    })
    return await readAnswer(answer, maxBytes)
  } finally {
    request.destroy()
  }
}
