'use client'
import { askToConfirm } from '@/components/forms/confirm'
import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import { Button, buttonClass } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { toast } from '@/components/ui/toast'
import { unlinkProviderAction } from '@/lib/features/account-providers/actions'
import { beginPath } from '@/lib/features/account-providers/rules'
import type { OwnProvider } from '@/lib/features/account-providers/view'

const unlink = ({ title, issuer }: OwnProvider): void =>
  askToConfirm({
    title: `Unlink ${title}?`, confirmLabel: `Unlink ${title}`, danger: true,
    description: `It no longer opens your account, and other sessions that it opened end. It opens it again only after you link it here.`,
    onConfirm: () => unlinkProviderAction({ issuer }), onDone: () => toast({ title: `Unlinked ${title}` }),
  })

function Linked({ provider, link }: { provider: OwnProvider; link: NonNullable<OwnProvider['link']> }) {
  return (
    <p className="dim text-[13px]">
      {link.email ? `${link.email}, linked` : 'Linked'} <RelativeTime at={link.since} />, last used <RelativeTime at={link.lastUsedAt} />
      {link.isOnlyWay ? `. It is the only way into your account: set a password through “Forgot password?” on the sign-in page before you unlink it.` : null}
      {provider.isSetUp ? null : '. It is not set up here at present, and opens nothing.'}
    </p>
  )
}

/** Providers of the whole installation that open the account of the signed-in person, or could. */
export function ProvidersSection({ providers }: { providers: readonly OwnProvider[] }) {
  if (providers.length === 0) return null
  return (
    <Section title="Sign-in providers" description="They open your account beside your password. Providers of your organization stand in its own settings.">
      <ul aria-label="Sign-in providers" className="divide-y divide-line-soft">
        {providers.map((provider) => (
          <li key={provider.issuer} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {provider.title}
                {provider.link ? <Badge>Linked</Badge> : null}
              </p>
              {provider.link ? <Linked provider={provider} link={provider.link} /> : <p className="dim text-[13px]">Does not open your account.</p>}
            </div>
            {provider.link === null ? <a href={`${beginPath(provider.id)}?link=1`} className={buttonClass({ size: 'small' })}>Link {provider.title}</a> : null}
            {provider.link && !provider.link.isOnlyWay ? <Button size="small" onClick={() => unlink(provider)}>Unlink {provider.title}…</Button> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
