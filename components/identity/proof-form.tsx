import { PlainLink } from '@/components/accounts/plain-link'
import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'
import { OtherWays } from './other-ways'
import type { AskPasskey } from './passkey-proof'
import { ProofFields } from './proof-fields'
import { WAYS } from './proof-words'

type ProofFormProps = {
  action: FormAction
  askPasskey: AskPasskey
  /** Of the page, which shows another way with `?way=`. */
  path: string
  next: string | null
  kinds: readonly ProofKind[]
  /** The way the address or the last time asks for. */
  wanted: string | undefined
  email: string
  submitLabel: string
}

/** Asks on a page of its own for a proof of who one is; works without script but for passkeys. */
export function ProofForm({ action, askPasskey, path, next, kinds, wanted, email, submitLabel }: ProofFormProps) {
  const kind = kinds.find((each) => each === wanted) ?? kinds[0]
  if (kind === undefined) return null
  const toWay = (way: ProofKind) => `${path}?${new URLSearchParams({ way, ...(next && { next }) }).toString()}`
  return (
    <>
      <Form key={kind} action={action} label={WAYS[kind]}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <ProofFields kind={kind} email={email} askPasskey={askPasskey} />
        {kind === 'passkey' ? null : <SubmitButton size="wide">{submitLabel}</SubmitButton>}
      </Form>
      <div className="mt-5">
        <OtherWays kind={kind} kinds={kinds} wayTo={(each) => <PlainLink href={toWay(each)}>{WAYS[each]}</PlainLink>} />
      </div>
    </>
  )
}
