'use client'
import { timeLeft } from '@/components/credentials/rotation'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Banner } from '@/components/ui/banner'
import { useNow } from '@/components/ui/server-time'
import { toast } from '@/components/ui/toast'
import { confirmAllowlistAction, revertAllowlistAction } from '@/lib/features/ip-allowlist/actions'
import type { AllowlistState } from '@/lib/features/ip-allowlist/rules'
import { MODE_WORDS } from './words'

/** A change that waits to be confirmed: how long still, and both ways out. */
export function WaitingBanner({ org, state, mayWrite }: { org: string; state: AllowlistState; mayWrite: boolean }) {
  const { now } = useNow()
  if (state.revertAt === null || state.revertMode === null) return null
  return (
    <div className="mb-4">
      <Banner tone="warn" title={`Confirm the change: ${timeLeft(state.revertAt, now)} left`} live>
        You are reading this, so your address is listed. Unless somebody confirms it from a listed address, everything changed since counts as taken back and the list is again “
        {MODE_WORDS[state.revertMode].title}”{state.waitingCount > 0 ? `, with ${state.waitingCount} changed ${state.waitingCount === 1 ? 'entry' : 'entries'} as before` : ''}.
        {mayWrite ? (
          <div className="mt-3 flex flex-wrap gap-2">
            <ActionForm label="Confirm the allowlist" run={() => confirmAllowlistAction(org, {})} onDone={() => toast({ title: 'Confirmed the IP allowlist' })}>
              <SubmitButton>Keep the change</SubmitButton>
            </ActionForm>
            <ActionForm label="Take back the change" run={() => revertAllowlistAction(org, {})} onDone={() => toast({ title: 'Took back the change' })}>
              <SubmitButton variant="secondary">Take it back now</SubmitButton>
            </ActionForm>
          </div>
        ) : null}
      </Banner>
    </div>
  )
}
