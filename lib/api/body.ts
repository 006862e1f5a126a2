import { AppError } from '@/lib/errors'
import { bodyMaxInWords, bodyMaxOf } from './body-limit'

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

const tooLarge = (most: number) => new AppError('too-large', `the body is over ${bodyMaxInWords(most)}`)

/** Reads a body whose length was not announced, and stops at the limit. */
async function readCounted(body: ReadableStream<Uint8Array>, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The server holds a client to the length it announced, so only unannounced ones are counted here. */
async function readText(request: Request): Promise<string> {
  const most = bodyMaxOf(new URL(request.url).pathname)
  const announced = request.headers.get('content-length')
  if (announced !== null && Number(announced) > most) throw tooLarge(most)
  if (announced !== null || request.body === null) return request.text()
  return readCounted(request.body, most)
}

/** The JSON of a request. @throws AppError as `readJsonText` */
export const readJson = async (request: Request): Promise<unknown> => (await readJsonText(request)).body

/**
 * The JSON of a request, and its text as it came.
 *
 * @throws AppError `unsupported-media-type` for another or no content type, `too-large` over what the path takes, `malformed-request` for what is no JSON
 */
export async function readJsonText(request: Request): Promise<{ text: string; body: unknown }> {
  const type = request.headers.get('content-type') ?? ''
  if (!JSON_TYPE.test(type)) {
    throw new AppError('unsupported-media-type', type === '' ? 'the body has no content type; send `Content-Type: application/json`' : `the body is \`${type.slice(0, 80)}\`; send \`application/json\``)
  }
  const text = await readText(request)
  if (text.trim() === '') throw new AppError('malformed-request', 'the body is empty; send a JSON object')
  try {
    return { text, body: JSON.parse(text) }
  } catch (error) {
    throw new AppError('malformed-request', `the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`)
  }
}
