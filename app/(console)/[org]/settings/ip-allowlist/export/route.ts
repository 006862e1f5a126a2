import { requireActor } from '@/lib/boundary/browser'
import { read } from '@/lib/boundary/perform'
import { refusalOf } from '@/lib/boundary/report'
import { entriesAsCsv } from '@/lib/features/ip-allowlist/export'

type Context = { params: Promise<{ org: string }> }

/** Downloads the entries, in the form the import takes. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const { org } = await params
    const csv = await read(requireActor(), org, 'allowlist:read', entriesAsCsv)
    return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${org}-ip-allowlist.csv"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } })
  } catch (error) {
    const { status, title, message, requestId } = refusalOf(error)
    return new Response(`${title}: ${message} (${requestId})\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
  }
}
