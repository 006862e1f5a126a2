import { answerDownload } from '@/app/download'
import { requireActor } from '@/lib/boundary/browser'
import { read } from '@/lib/boundary/perform'
import { entriesAsCsv } from '@/lib/features/ip-allowlist/export'

type Context = { params: Promise<{ org: string }> }

/** Downloads the entries, in the form the import takes. */
export const GET = (_request: Request, { params }: Context): Promise<Response> =>
  answerDownload(async () => {
    const { org } = await params
    return { filename: `${org}-ip-allowlist.csv`, content: await read(requireActor(), org, 'allowlist:read', entriesAsCsv) }
  })
