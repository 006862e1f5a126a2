import { requireActor } from '@/lib/boundary/browser'
import { perform } from '@/lib/boundary/perform'
import { refusalOf } from '@/lib/boundary/report'
import { keysAsCsv, maySeeOthersKeys } from '@/lib/features/api-keys/export'
import { exportApiKeys } from '@/lib/features/api-keys/operations'
import { keyFilterInputOf, keyFilterOf } from '@/lib/features/api-keys/page-request'
import { streamOf } from '@/lib/features/audit-events/export'

type Context = { params: Promise<{ org: string }> }

const paramsOf = (search: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))

/** Downloads the keys as the page's address filters them: as a stream, made no faster than it is taken. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { org } = await params
    const actor = requireActor()
    const search = paramsOf(new URL(request.url).searchParams)
    const owner = (await maySeeOthersKeys(actor, org)) ? 'all' : 'me'
    await perform(exportApiKeys, actor, org, keyFilterInputOf(search, owner))
    const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${org}-api-keys.csv"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
    return new Response(streamOf(keysAsCsv(actor, org, keyFilterOf(search, owner))), { headers })
  } catch (error) {
    const { status, title, message, requestId } = refusalOf(error)
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
  }
}
