import { answerDownload, searchOf } from '@/app/download'
import { requireActor } from '@/lib/boundary/browser'
import { perform } from '@/lib/boundary/perform'
import { membersAsCsv } from '@/lib/features/members/export'
import { exportMembers } from '@/lib/features/members/operations'
import { memberFilterInputOf, memberFilterOf } from '@/lib/features/members/page-request'

type Context = { params: Promise<{ org: string }> }

/** Downloads the users as the page's address filters them. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answerDownload(async () => {
    const { org } = await params
    const actor = requireActor()
    const search = searchOf(request)
    await perform(exportMembers, actor, org, memberFilterInputOf(search))
    return { filename: `${org}-users.csv`, content: membersAsCsv(actor, org, memberFilterOf(search)) }
  })
