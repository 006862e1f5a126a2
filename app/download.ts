import { refusalOf } from '@/lib/boundary/report'
import { streamOf } from '@/lib/text-stream'

/** What is downloaded: text, or pieces of it that are made as they are taken. */
export type Download = { filename: string; contentType?: string; content: string | AsyncGenerator<string> }

/** The parameters of an address, each with all its values. */
export function searchOf({ url }: Request): Record<string, string[]> {
  const search = new URL(url).searchParams
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))
}

/** Answers with a file to be saved, CSV unless it says otherwise; a refusal is told in one line of text. */
export async function answerDownload(make: () => Promise<Download>): Promise<Response> {
  try {
    const { filename, contentType = 'text/csv; charset=utf-8', content } = await make()
    const headers = { 'content-type': contentType, 'content-disposition': `attachment; filename="${filename}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
    return new Response(typeof content === 'string' ? content : streamOf(content), { headers })
  } catch (error) {
    const { status, title, message, requestId } = refusalOf(error)
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
  }
}
