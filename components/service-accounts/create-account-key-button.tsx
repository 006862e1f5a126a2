'use client'
import { KeyRound } from 'lucide-react'
import type { CreateKeyPlace } from '@/components/api-keys/create-key-dialog'
import { DialogButton } from '@/components/ui/dialog-button'

const load = () => import('./create-account-key').then((module) => module.CreateAccountKey)

/** Opens the dialog for a new key of a service account; `?dialog=key` opens it too. */
export function CreateAccountKeyButton(props: { org: string; accountId: string; place: CreateKeyPlace }) {
  return (
    <DialogButton name="key" variant="primary" icon={<KeyRound aria-hidden="true" />} load={load} dialogProps={props}>
      Create key
    </DialogButton>
  )
}
