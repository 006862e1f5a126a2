'use client'
import { useState, type ReactNode } from 'react'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { RecoveryCodes } from './recovery-codes'

type Made = { recoveryCodes: string[] | null }

type FirstCodesProps = {
  email: string
  /** Told once the factor is there. */
  told: string
  onClose: () => void
  /** The dialog that makes the factor; it calls `done` with what came of it. */
  children: (done: (made: Made) => void) => ReactNode
}

/** Around a dialog that makes a second factor: with the first one come recovery codes, shown once in its place. */
export function FirstCodes({ email, told, onClose, children }: FirstCodesProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { stored, setStored, change } = useGuardedClose(codes !== null, onClose)
  function done({ recoveryCodes }: Made) {
    toast({ title: told })
    if (recoveryCodes === null) onClose()
    else setCodes(recoveryCodes)
  }
  if (codes === null) return children(done)
  return (
    <Dialog open onOpenChange={change} title="Your recovery codes" keepOpenOutside>
      <RecoveryCodes codes={codes} email={email} stored={stored} onStored={setStored} onClose={() => change(false)} />
    </Dialog>
  )
}
