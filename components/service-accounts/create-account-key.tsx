'use client'
import { useMemo } from 'react'
import { CreateKeyDialog, type CreateKeyPlace } from '@/components/api-keys/create-key-dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { accountKeyDoors } from './account-key-doors'

/** The dialog for a key of one account. */
export function CreateAccountKey({ org, accountId, place, ...dialog }: LazyDialogProps & { org: string; accountId: string; place: CreateKeyPlace }) {
  const doors = useMemo(() => accountKeyDoors(org, accountId), [org, accountId])
  return <CreateKeyDialog {...dialog} place={place} doors={doors} />
}
