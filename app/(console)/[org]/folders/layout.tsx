import type { ReactNode } from 'react'
import { refuse } from '@/app/console-page'
import { ResourceBrowser } from '@/components/resources/resource-browser'
import type { Ctx } from '@/lib/access/context'
import { readAs } from '@/lib/boundary/page'
import { treeLabel, typeFacts } from '@/lib/features/resources/page-request'
import { findTreeTop } from '@/lib/features/resources/tree'

type LayoutProps = { children: ReactNode; params: Promise<{ org: string }> }

const treeOf = async (ctx: Ctx<'resource:read'>) => ({ top: await findTreeTop(ctx), label: treeLabel(ctx.model), ...typeFacts(ctx.model) })

/** The tree stays while one goes from resource to resource; it is read anew with every change. */
export default async function FoldersLayout({ children, params }: LayoutProps) {
  const org = decodeURIComponent((await params).org)
  let tree: Awaited<ReturnType<typeof treeOf>>
  try {
    tree = await readAs(org, 'resource:read', treeOf)
  } catch (error) {
    return refuse(error, org)
  }
  return (
    <ResourceBrowser org={org} {...tree}>
      {children}
    </ResourceBrowser>
  )
}
