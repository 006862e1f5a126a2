'use client'
import { KeyRound } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { CreateKeyPlace } from './create-key-dialog'

const load = () => import('./create-own-key').then((module) => module.CreateOwnKey)

/** Opens the dialog for a new key of one's own; `?dialog=create` opens it too. */
export function CreateKeyButton({ org, place }: { org: string; place: CreateKeyPlace }) {
  return (
    <DialogButton name="create" variant="primary" icon={<KeyRound aria-hidden="true" />} load={load} dialogProps={{ org, place }}>
      Create API key
    </DialogButton>
  )
}
