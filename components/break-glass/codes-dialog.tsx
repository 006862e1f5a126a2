'use client'
import { useState } from 'react'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { RecoveryCodes, type CodesWords } from '@/components/second-factors/recovery-codes'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { makeCodesAction } from '@/lib/features/break-glass/actions'

const WORDS: CodesWords = { label: 'Break-glass codes', use: 'Each opens the SSO settings once, for 30 minutes, together with your password and second factor.', file: 'gatehouse-break-glass-codes.txt' }

/** Makes ten new break-glass codes for oneself after a question, and shows them once. */
export function CodesDialog({ org, email, left, open, onOpenChange }: LazyDialogProps & { org: string; email: string; left: number }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { stored, setStored, change } = useGuardedClose(codes !== null, () => {
    setCodes(null)
    onOpenChange(false)
  })
  return (
    <Dialog open={open} onOpenChange={change} size="medium" title={codes ? 'Your break-glass codes' : 'Make break-glass codes?'} keepOpenOutside>
      {codes ? (
        <RecoveryCodes codes={codes} email={email} words={WORDS} stored={stored} onStored={setStored} onClose={() => change(false)} />
      ) : (
        <ActionForm outcome={false} run={() => makeCodesAction(org, {})} onDone={(made) => setCodes(made.codes)}>
          <DialogBody>
            <div className="fields">
              <FormOutcome />
              <p className="text-ink-2">{left === 0 ? '' : `The ${left === 1 ? 'one' : left} you have left stop working at once. `}Ten new ones are shown, once. They are yours alone: nobody else sees them, and each use is told to every administrator.</p>
            </div>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => change(false)}>Cancel</Button>
            <SubmitButton>Make codes</SubmitButton>
          </DialogFooter>
        </ActionForm>
      )}
    </Dialog>
  )
}
