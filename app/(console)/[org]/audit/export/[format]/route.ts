import { requireActor } from '@/lib/boundary/browser'
import { refusalOf } from '@/lib/boundary/report'
import { now } from '@/lib/clock'
import { streamOf } from '@/lib/features/audit-events/export'
import { filterInputOf, spanOfParams } from '@/lib/features/audit-events/page-request'
import { beginExport } from '@/lib/features/audit-events/reading'

type Context = { params: Promise<{ org: string; format: string }> }

const paramsOf = (search: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))

/** Downloads the log as the page's address filters it: as a stream, made no faster than it is taken. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { org, format } = await params
    const search = paramsOf(new URL(request.url).searchParams)
    const filters = filterInputOf(search, spanOfParams(search, now()))
    const { filename, contentType, pieces } = await beginExport(await requireActor(), org, { ...filters, format })
    const headers = { 'content-type': contentType, 'content-disposition': `attachment; filename="${filename}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
    return new Response(streamOf(pieces), { headers })
  } catch (error) {
    const { status, title, message, requestId } = refusalOf(error)
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
  }
}
