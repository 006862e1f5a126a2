'use client'
import { UserPlus } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { InviteDialogProps } from './invite-dialog'

const load = () => import('./invite-dialog').then((module) => module.InviteDialog)

/** Opens the invite dialog; `?dialog=invite` opens it too. */
export function InviteButton(props: InviteDialogProps) {
  return (
    <DialogButton name="invite" variant="primary" icon={<UserPlus aria-hidden="true" />} load={load} dialogProps={props}>
      Invite users
    </DialogButton>
  )
}
