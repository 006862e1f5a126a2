'use client'
import { Section } from '@/components/layout/section'
import { DialogButton } from '@/components/ui/dialog-button'

const load = () => import('./new-codes-dialog').then((module) => module.NewCodesDialog)

/** Recovery codes of the signed-in person: how many are left, and new ones. */
export function RecoverySection({ left, email, hasFactor }: { left: number; email: string; hasFactor: boolean }) {
  return (
    <Section
      title="Recovery codes"
      description="For the day on which neither app nor passkey is at hand."
      actions={
        hasFactor ? (
          <DialogButton name="recovery-codes" load={load} dialogProps={{ email, left }}>
            Make new codes
          </DialogButton>
        ) : null
      }
    >
      <p className={left === 0 && hasFactor ? 'text-bad' : 'text-ink-2'}>{hasFactor ? (left === 0 ? 'None is left. Make new ones now.' : `${left} of 10 left.`) : 'They come with your first second factor.'}</p>
    </Section>
  )
}
