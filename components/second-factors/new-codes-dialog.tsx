'use client'
import { useState } from 'react'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { regenerateRecoveryCodesAction } from '@/lib/features/second-factors/actions'
import { RecoveryCodes } from './recovery-codes'

/** Makes ten new recovery codes after a question, and shows them once. */
export function NewCodesDialog({ email, left, open, onOpenChange }: LazyDialogProps & { email: string; left: number }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { stored, setStored, change } = useGuardedClose(codes !== null, () => {
    setCodes(null)
    onOpenChange(false)
  })
  return (
    <Dialog open={open} onOpenChange={change} size="medium" title={codes ? 'Your recovery codes' : 'Make new recovery codes?'} keepOpenOutside>
      {codes ? (
        <RecoveryCodes codes={codes} email={email} stored={stored} onStored={setStored} onClose={() => change(false)} />
      ) : (
        <ActionForm outcome={false} run={() => regenerateRecoveryCodesAction({})} onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}>
          <DialogBody>
            <div className="fields">
              <FormOutcome />
              <p className="text-ink-2">{left === 0 ? 'You have none left.' : `The ${left === 1 ? 'one' : left} you have left stop working at once.`} Ten new ones are shown, once.</p>
            </div>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => change(false)}>Cancel</Button>
            <SubmitButton>Make new codes</SubmitButton>
          </DialogFooter>
        </ActionForm>
      )}
    </Dialog>
  )
}
