import { answerDownload, searchOf } from '@/app/download'
import { requireActor } from '@/lib/boundary/browser'
import { perform } from '@/lib/boundary/perform'
import { keysAsCsv, maySeeOthersKeys } from '@/lib/features/api-keys/export'
import { exportApiKeys } from '@/lib/features/api-keys/operations'
import { keyFilterInputOf, keyFilterOf } from '@/lib/features/api-keys/page-request'

type Context = { params: Promise<{ org: string }> }

/** Downloads the keys as the page's address filters them. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answerDownload(async () => {
    const { org } = await params
    const actor = requireActor()
    const search = searchOf(request)
    const owner = (await maySeeOthersKeys(actor, org)) ? 'all' : 'me'
    await perform(exportApiKeys, actor, org, keyFilterInputOf(search, owner))
    return { filename: `${org}-api-keys.csv`, content: keysAsCsv(actor, org, keyFilterOf(search, owner)) }
  })
