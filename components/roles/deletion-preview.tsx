'use client'
import { previewDeletionAction } from '@/lib/features/roles/actions'
import { RolePreview } from './role-preview'

/** What changes for whom when a role's holders get another instead. */
export function DeletionPreview({ org, id, replaceWith }: { org: string; id: string; replaceWith: string }) {
  return <RolePreview ask={() => previewDeletionAction(org, { id, replaceWith })} />
}
