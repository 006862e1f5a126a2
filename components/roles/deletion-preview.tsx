'use client'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { previewDeletionAction } from '@/lib/features/roles/actions'

/** What changes for whom when a role's holders get another instead. */
export function DeletionPreview({ org, id, replaceWith }: { org: string; id: string; replaceWith: string }) {
  return <AskedPreview ask={() => previewDeletionAction(org, { id, replaceWith })} />
}
