'use client'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { OwnFactors } from '@/lib/features/second-factors/view'
import { removeTotp, type Stakes } from './removal'

const load = () => import('./set-up-totp-dialog').then((module) => module.SetUpTotpDialog)

/** The authenticator app of the signed-in person. */
export function TotpSection({ totp, email, stakes, isFirst }: { totp: OwnFactors['totp']; email: string; stakes: Stakes; isFirst: boolean }) {
  return (
    <Section
      title="Authenticator app"
      description="Codes of six digits that change every half minute."
      actions={
        <>
          {totp ? <Button onClick={() => removeTotp(stakes)}>Remove…</Button> : null}
          {/* Its dialog goes on to the recovery codes when the app is there. */}
          <DialogButton name="totp" variant={isFirst ? 'primary' : 'secondary'} load={load} dialogProps={{ email }} isGone={totp !== null}>
            Set up
          </DialogButton>
        </>
      }
    >
      {totp ? (
        <p>
          Set up <RelativeTime at={totp.since} />, last used <RelativeTime at={totp.lastUsedAt} never="never" />.
        </p>
      ) : (
        <p className="text-ink-2">Not set up.</p>
      )}
    </Section>
  )
}
