import { answerDownload, searchOf } from '@/app/download'
import { requireActor } from '@/lib/boundary/browser'
import { now } from '@/lib/clock'
import { filterInputOf, spanOfParams } from '@/lib/features/audit-events/page-request'
import { beginExport } from '@/lib/features/audit-events/reading'

type Context = { params: Promise<{ org: string; format: string }> }

/** Downloads the log as the page's address filters it. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answerDownload(async () => {
    const { org, format } = await params
    const search = searchOf(request)
    const { pieces, ...file } = await beginExport(requireActor(), org, { ...filterInputOf(search, spanOfParams(search, now())), format })
    return { ...file, content: pieces }
  })
