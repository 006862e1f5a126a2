'use client'
import { Plus } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { TokenDialogProps } from './token-dialog'

const load = () => import('./token-dialog').then((module) => module.TokenDialog)

/** Opens the dialog that makes a token; without a directory `?dialog=connect` opens it too. */
export function TokenButton(props: TokenDialogProps) {
  if (props.directory) {
    return (
      <DialogButton load={load} dialogProps={props}>
        Another token
      </DialogButton>
    )
  }
  return (
    <DialogButton name="connect" variant="primary" icon={<Plus aria-hidden="true" />} load={load} dialogProps={props}>
      Connect a directory
    </DialogButton>
  )
}
