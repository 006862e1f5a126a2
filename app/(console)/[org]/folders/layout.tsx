import type { ReactNode } from 'react'
import { refuse } from '@/app/console-page'
import { ResourceBrowser } from '@/components/resources/resource-browser'
import type { Ctx } from '@/lib/access/context'
import { readAs } from '@/lib/boundary/page'
import { treeLabel, typeFacts } from '@/lib/features/resources/page-request'
import { findTree } from '@/lib/features/resources/tree'

type LayoutProps = { children: ReactNode; params: Promise<{ org: string }> }

const treeOf = async (ctx: Ctx<'resource:read'>) => ({ tree: await findTree(ctx), label: treeLabel(ctx.model), ...typeFacts(ctx.model) })

/** The tree stays while one goes from resource to resource; what it shows is read anew when a page tells of a newer version. */
export default async function FoldersLayout({ children, params }: LayoutProps) {
  const org = decodeURIComponent((await params).org)
  let given: Awaited<ReturnType<typeof treeOf>>
  try {
    given = await readAs(org, 'resource:read', treeOf)
  } catch (error) {
    return refuse(error, org)
  }
  return (
    <ResourceBrowser org={org} {...given}>
      {children}
    </ResourceBrowser>
  )
}
