'use client'
import { useMemo } from 'react'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { CreateKeyDialog, type CreateKeyPlace } from './create-key-dialog'
import { ownKeyDoors } from './own-key-doors'

/** The dialog for a key of one's own. */
export function CreateOwnKey({ org, place, ...dialog }: LazyDialogProps & { org: string; place: CreateKeyPlace }) {
  const doors = useMemo(() => ownKeyDoors(org), [org])
  return <CreateKeyDialog {...dialog} place={place} doors={doors} />
}
