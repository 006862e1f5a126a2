import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { one } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { ProvidersSection } from '@/components/accounts/providers-section'
import { PageHeader } from '@/components/layout/page-header'
import { PasskeysSection } from '@/components/second-factors/passkeys-section'
import { RecoverySection } from '@/components/second-factors/recovery-section'
import { TotpSection } from '@/components/second-factors/totp-section'
import { LinkButton } from '@/components/ui/link-button'
import { listOwnProviders } from '@/lib/features/account-providers/queries'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { findOwnFactors } from '@/lib/features/second-factors/queries'
import { hasFactor, type OwnFactors } from '@/lib/features/second-factors/view'
import { isSignInRefusal, refusalSentence } from '@/lib/features/sso-connections/refusals'

export const metadata: Metadata = { title: 'Security' }

const dateOf = (iso: string): string => new Date(iso).toUTCString().slice(5, 16)

/** What organizations demand, and where to go once it is there. */
function Demand({ factors, next }: { factors: OwnFactors; next: string | null }) {
  const { demandedBy } = factors
  if (demandedBy.length === 0) return null
  const demands = demandedBy.map(({ name, from, isNow }) => (isNow ? `${name} demands a second factor.` : `${name} demands a second factor from ${dateOf(from)} on.`)).join(' ')
  if (hasFactor(factors)) {
    return (
      <Notice tone="ok">
        {demands} You have one.
        {next ? (
          <p className="mt-2">
            <LinkButton href={next}>Go on</LinkButton>
          </p>
        ) : null}
      </Notice>
    )
  }
  const mayWait = demandedBy.every(({ isNow }) => !isNow)
  return (
    <Notice tone="warn">
      {demands} Set up an authenticator app or a passkey.
      {mayWait && next ? (
        <p className="mt-2">
          <LinkButton href={next}>Later</LinkButton>
        </p>
      ) : null}
    </Notice>
  )
}

export default accountPage('security', '/security', async ({ actor, search }) => {
  const factors = await findOwnFactors(actor)
  const { totp, passkeys, recoveryCodesLeft, demandedBy, canUsePasskeys } = factors
  const stakes = { isLast: passkeys.length + (totp ? 1 : 0) === 1, demandedBy: demandedBy.map(({ name }) => name) }
  const { email } = actor
  if (actor.through) {
    return (
      <>
        <PageHeader title="Security" description="What proves that it is you, beside your password." />
        <Notice>This session came through the identity provider of an organization, which cannot change your account. To set up or change second factors, sign in with your own password.</Notice>
      </>
    )
  }
  const refused = one(search['refused'])
  return (
    <>
      <PageHeader title="Security" description="What proves that it is you, beside your password." />
      {isSignInRefusal(refused) ? <Notice tone="bad">{`Nothing was linked. ${refusalSentence(refused)}`}</Notice> : null}
      <Demand factors={factors} next={safeNextPath(one(search['next']))} />
      <div className="grid gap-5">
        <TotpSection totp={totp} email={email} stakes={stakes} isFirst={!hasFactor(factors)} />
        <PasskeysSection passkeys={passkeys} email={email} stakes={stakes} isPossible={canUsePasskeys} />
        <RecoverySection left={recoveryCodesLeft} email={email} hasFactor={hasFactor(factors)} />
        <ProvidersSection providers={await listOwnProviders(actor)} />
      </div>
    </>
  )
})
