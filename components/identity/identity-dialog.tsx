'use client'
import { useId, useState, type SubmitEvent } from 'react'
import { useAnswer } from '@/components/api-keys/use-answer'
import { FormContext } from '@/components/forms/form-context'
import { FormOutcome } from '@/components/forms/form-outcome'
import { idle, type FormState } from '@/components/forms/form-state'
import { refusalState } from '@/components/forms/refusal-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Skeleton } from '@/components/ui/skeleton'
import { askPasskeyAction, confirmIdentityAction, findProofKindsAction } from '@/lib/features/identity-proofs/actions'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'
import { OtherWays } from './other-ways'
import { ProofFields } from './proof-fields'
import { ProviderProof } from './provider-proof'
import { WAYS } from './proof-words'

type IdentityDialogProps = { onAnswer: (isProven: boolean) => void }

/** Asks for a proof of who one is; what is behind it stays as it was and goes on afterwards. */
export function IdentityDialog({ onAnswer }: IdentityDialogProps) {
  const [open, setOpen] = useState(true)
  const [chosen, setChosen] = useState<ProofKind | null>(null)
  const [state, setState] = useState<FormState>(idle)
  // Not a transition: the deed that asked waits in one, and React would let this end only with that.
  const [pending, setPending] = useState(false)
  const prefix = useId()
  const { value: means, failure } = useAnswer(() => findProofKindsAction({}), 'kinds')
  const kind = chosen ?? means?.kinds[0] ?? null

  function close(isProven: boolean) {
    setOpen(false)
    onAnswer(isProven)
  }
  async function prove(data: FormData) {
    setPending(true)
    const result = await confirmIdentityAction({ kind: kind ?? 'password', value: String(data.get('value') ?? '') }).catch(() => null)
    setPending(false)
    if (result?.ok) return close(true)
    setState(result ? refusalState(result.refusal) : { status: 'error', message: 'The server did not answer. Check the connection and try again.' })
  }
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // For React this form is inside the one that asked.
    event.stopPropagation()
    if (!pending) void prove(new FormData(event.currentTarget))
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close(false)} size="small" title="Confirm that it is you" description="This needs a proof not older than ten minutes. What you have typed stays as it is." keepOpenOutside>
      <FormContext value={{ state, pending, prefix }}>
        <form onSubmit={submit} method="post" noValidate>
          <DialogBody>
            <div className="fields">
              <FormOutcome />
              {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
              {means === null && failure === null ? <Skeleton className="block h-14 w-full" /> : null}
              {means?.provider ? <ProviderProof provider={means.provider} next={`${window.location.pathname}${window.location.search}`}>You come back to this page; what you have typed here is gone then.</ProviderProof> : null}
              {means !== null && kind === null && means.provider === null ? <Banner tone="warn">You have neither a password nor a second factor. Set a password through “Forgot password?” on the sign-in page.</Banner> : null}
              {means !== null && kind !== null ? (
                <>
                  <ProofFields key={kind} kind={kind} email={means.email} askPasskey={() => askPasskeyAction({})} />
                  <OtherWays kind={kind} kinds={means.kinds} wayTo={(each) => <button type="button" className="text-link" onClick={() => setChosen(each)}>{WAYS[each]}</button>} />
                </>
              ) : null}
            </div>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => close(false)}>Cancel</Button>
            {kind === 'passkey' ? null : <SubmitButton disabled={kind === null}>Confirm</SubmitButton>}
          </DialogFooter>
        </form>
      </FormContext>
    </Dialog>
  )
}
