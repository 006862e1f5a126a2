'use client'
import { Bot } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'

const load = () => import('./create-account-dialog').then((module) => module.CreateAccountDialog)

/** Opens the dialog for a new service account; `?dialog=create` opens it too. */
export function CreateAccountButton({ org }: { org: string }) {
  return (
    <DialogButton name="create" variant="primary" icon={<Bot aria-hidden="true" />} load={load} dialogProps={{ org }}>
      Create service account
    </DialogButton>
  )
}
