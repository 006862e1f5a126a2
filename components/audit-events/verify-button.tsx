'use client'
import { ShieldCheck } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { VerifyDialogProps } from './verify-dialog'

const load = () => import('./verify-dialog').then((module) => module.VerifyDialog)

/** Opens the dialog that checks the chain; `?dialog=verify` opens it too. */
export function VerifyButton(props: VerifyDialogProps) {
  return (
    <DialogButton load={load} dialogProps={props} name="verify" icon={<ShieldCheck aria-hidden="true" />}>
      Verify chain
    </DialogButton>
  )
}
