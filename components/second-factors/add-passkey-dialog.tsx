'use client'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { stepRefusal } from '@/components/api-keys/step-refusal'
import { passkeyProblem } from '@/components/identity/passkey-problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { addPasskeyAction, beginPasskeyAction } from '@/lib/features/second-factors/actions'
import { FirstCodes } from './first-codes'

/** Adds a passkey: its name, then the browser's own question, then recovery codes when it is the first factor. */
export function AddPasskeyDialog({ email, open, onOpenChange }: LazyDialogProps & { email: string }) {
  return open ? <OpenDialog email={email} onClose={() => onOpenChange(false)} /> : null
}

async function makePasskey(name: string) {
  if (name.trim() === '') return stepRefusal({ name: 'Give it a name, such as the device it is on' })
  const begun = await beginPasskeyAction({})
  if (!begun.ok) return begun
  const { startRegistration } = await import('@simplewebauthn/browser')
  const made = await startRegistration({ optionsJSON: begun.value }).catch((error: unknown) => passkeyProblem(error))
  if (typeof made === 'string') return stepRefusal({ name: made })
  return addPasskeyAction({ name, answer: JSON.stringify(made) })
}

function OpenDialog({ email, onClose }: { email: string; onClose: () => void }) {
  return (
    <FirstCodes email={email} told="The passkey is added" onClose={onClose}>
      {(done) => (
        <Dialog open onOpenChange={(next) => !next && onClose()} size="small" title="Add a passkey" description="A key on this device, on your phone, or one that you plug in." keepOpenOutside>
          <ActionForm outcome={false} run={(data) => makePasskey(String(data.get('name') ?? ''))} onDone={done}>
            <DialogBody>
              <div className="fields">
                <FormOutcome />
                <TextField name="name" label="Name" hint="So that you know it again, such as “Work laptop”." maxLength={60} autoComplete="off" />
              </div>
            </DialogBody>
            <DialogFooter>
              <Button onClick={onClose}>Cancel</Button>
              <SubmitButton>Go on</SubmitButton>
            </DialogFooter>
          </ActionForm>
        </Dialog>
      )}
    </FirstCodes>
  )
}
