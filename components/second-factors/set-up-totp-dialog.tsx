'use client'
import { useAnswer } from '@/components/api-keys/use-answer'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { withIdentity } from '@/components/identity/ask'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Skeleton } from '@/components/ui/skeleton'
import { beginTotpAction, confirmTotpAction } from '@/lib/features/second-factors/actions'
import { FirstCodes } from './first-codes'
import { SeedPicture } from './seed-picture'

/** Sets up an authenticator app: picture and text of the seed, the first code, then recovery codes when it is the first factor. */
export function SetUpTotpDialog({ email, open, onOpenChange }: LazyDialogProps & { email: string }) {
  return open ? <OpenDialog email={email} onClose={() => onOpenChange(false)} /> : null
}

function OpenDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const { value: begun, failure } = useAnswer(() => withIdentity(() => beginTotpAction({})), 'begin')
  return (
    <FirstCodes email={email} told="Your authenticator app is set up" onClose={onClose}>
      {(done) => (
        <Dialog open onOpenChange={(next) => !next && onClose()} title="Set up an authenticator app" description="Any app that shows codes of six digits will do." keepOpenOutside>
          <ActionForm outcome={false} run={(data) => confirmTotpAction({ code: String(data.get('code') ?? '') })} onDone={done}>
            <DialogBody>
              <div className="fields">
                <FormOutcome />
                {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
                {begun ? <SeedPicture seed={begun.seed} qr={begun.qr} /> : failure ? null : <Skeleton className="block h-44 w-44" />}
                {begun ? <TextField name="code" label="Code that the app shows" inputMode="numeric" autoComplete="one-time-code" maxLength={8} spellCheck={false} /> : null}
              </div>
            </DialogBody>
            <DialogFooter>
              <Button onClick={onClose}>Cancel</Button>
              <SubmitButton disabled={begun === null}>Set up</SubmitButton>
            </DialogFooter>
          </ActionForm>
        </Dialog>
      )}
    </FirstCodes>
  )
}
