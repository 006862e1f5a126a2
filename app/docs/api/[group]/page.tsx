import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApiContents } from '@/components/docs/api-contents'
import { DocsFrame } from '@/components/docs/docs-frame'
import { OperationEntry } from '@/components/docs/operation-entry'
import { referenceContents, referenceGroup } from '@/lib/api/reference'

export async function generateMetadata({ params }: PageProps<'/docs/api/[group]'>): Promise<Metadata> {
  const group = referenceGroup((await params).group)
  return { title: group ? `${group.title}, API reference` : 'API reference' }
}

/** The calls of one group. */
export default async function ApiGroupPage({ params }: PageProps<'/docs/api/[group]'>) {
  const group = referenceGroup((await params).group)
  if (!group) notFound()
  return (
    <DocsFrame contents={<ApiContents groups={referenceContents().groups} current={group.path} />}>
      <h1 className="mb-6 text-[24px] leading-8 font-semibold">{group.title}</h1>
      {group.operations.map((operation) => <OperationEntry key={operation.anchor} operation={operation} />)}
    </DocsFrame>
  )
}
