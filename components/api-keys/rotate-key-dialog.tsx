'use client'
import { RotateDialog } from '@/components/credentials/rotate-dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import type { KeyDoors } from './key-doors'
import { factsOfKey, secretOfKey } from './key-secret'

type RotateKeyDialogProps = LazyDialogProps & { row: KeyRow; doors: Pick<KeyDoors, 'rotate'>; organization: string; baseUrl: string }

/** A new secret for a key. */
export function RotateKeyDialog({ row, doors, organization, baseUrl, ...dialog }: RotateKeyDialogProps) {
  const facts = { name: row.name, owner: row.owner.name, organization, expiresAt: null, url: baseUrl }
  return <RotateDialog {...dialog} credential={row} rotate={doors.rotate} secretsOf={secretOfKey} factsOf={(made) => factsOfKey(made, facts)} />
}
