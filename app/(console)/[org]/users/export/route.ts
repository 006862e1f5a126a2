import { requireActor } from '@/lib/boundary/browser'
import { perform } from '@/lib/boundary/perform'
import { refusalOf } from '@/lib/boundary/report'
import { streamOf } from '@/lib/features/audit-events/export'
import { membersAsCsv } from '@/lib/features/members/export'
import { exportMembers } from '@/lib/features/members/operations'
import { memberFilterInputOf, memberFilterOf } from '@/lib/features/members/page-request'

type Context = { params: Promise<{ org: string }> }

const paramsOf = (search: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))

/** Downloads the users as the page's address filters them: as a stream, made no faster than it is taken. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { org } = await params
    const actor = requireActor()
    const search = paramsOf(new URL(request.url).searchParams)
    await perform(exportMembers, actor, org, memberFilterInputOf(search))
    const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${org}-users.csv"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
    return new Response(streamOf(membersAsCsv(actor, org, memberFilterOf(search))), { headers })
  } catch (error) {
    const { status, title, message, requestId } = refusalOf(error)
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
  }
}
