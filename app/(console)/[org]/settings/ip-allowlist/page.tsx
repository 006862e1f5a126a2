import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { AddEntries } from '@/components/ip-allowlist/add-entries'
import { CheckAddress } from '@/components/ip-allowlist/check-address'
import { EntriesTable } from '@/components/ip-allowlist/entries-table'
import { ModeForm } from '@/components/ip-allowlist/mode-form'
import { WaitingBanner } from '@/components/ip-allowlist/waiting-banner'
import { MODE_WORDS } from '@/components/ip-allowlist/words'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { Banner } from '@/components/ui/banner'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { isSurface } from '@/lib/access/allowlist/surfaces'
import { keyPageOf, PAGE_SIZES } from '@/lib/features/api-keys/page-request'
import { countInWords } from '@/lib/pagination'
import { checkAddress, findAllowlist, listEntries } from '@/lib/features/ip-allowlist/queries'
import { listSightings } from '@/lib/features/ip-allowlist/sightings'

export const metadata: Metadata = { title: 'IP Allowlist' }

const TONES = { off: 'neutral', report: 'warn', enforced: 'ok' } as const

const textOf = (value: string | string[] | undefined): string => (typeof value === 'string' ? value.trim().slice(0, 200) : '')

export default consolePage('allowlist:read', async ({ ctx, org, searchParams }) => {
  const page = keyPageOf(searchParams)
  const surface = textOf(searchParams['surface'])
  const own = ctx.request.address
  const [state, entries, checked, sightings] = await Promise.all([
    findAllowlist(ctx), listEntries(ctx, { ...page, q: textOf(searchParams['q']), ...(isSurface(surface) && { surface }) }), checkAddress(ctx, { address: own }), listSightings(ctx, 20),
  ])
  const mayWrite = ctx.rights.holds('allowlist:write')
  const isOwnListed = checked.surfaces.console
  return (
    <>
      <PageHeader
        title="IP Allowlist" mark={<StatusPill tone={TONES[state.mode]}>{MODE_WORDS[state.mode].title}</StatusPill>}
        description={`From which addresses ${ctx.organization.name} can be reached: pages, API, decisions and provisioning alike.`}
      />
      <WaitingBanner org={org} state={state} mayWrite={mayWrite} />
      <div className="mb-4">
        <Banner tone={isOwnListed ? 'ok' : state.mode === 'off' ? 'neutral' : 'warn'} title={isOwnListed ? 'Your address is listed' : 'Your address is not listed'}>
          You come from <code className="mono break-all">{own}</code>
          {checked.entry && isOwnListed ? <>, which <code className="mono break-all">{checked.entry.cidr}</code> covers.</> : '.'}
        </Banner>
      </div>
      {state.emptyAt === null ? null : (
        <div className="mb-4">
          <Banner tone="warn" title="Every entry ends">
            The last one ends <RelativeTime at={state.emptyAt} />. From then on, while the list is enforced, nobody can get in: an empty list opens nothing.
          </Banner>
        </div>
      )}
      {mayWrite ? (
        <>
          <Section title="Mode" description="Begin with report only, and look below at who would be refused.">
            <ModeForm key={state.mode} org={org} mode={state.mode} entryCount={state.entryCount} isOwnListed={isOwnListed} />
          </Section>
          <Section title="Add entries" description="Nothing is changed silently: what needs repair is shown first.">
            <AddEntries org={org} own={own} isOwnListed={isOwnListed} />
          </Section>
        </>
      ) : null}
      <EntriesTable
        org={org} rows={entries.rows} mayWrite={mayWrite}
        pages={{ nextCursor: entries.nextCursor, previousCursor: entries.previousCursor, countLabel: countInWords(entries.count, entries.isCountExact, 'entry', 'entries'), pageSize: page.limit, sizes: PAGE_SIZES }}
      />
      {state.entryCount === 0 ? null : (
        <p className="mt-2 mb-4">
          <a className="text-link" href={`/${org}/settings/ip-allowlist/export`} download>Download as CSV</a>
        </p>
      )}
      <Section title="Check an address">
        <CheckAddress org={org} />
      </Section>
      <Section title="Came from elsewhere" description="In the last 30 days, while the list was in report-only mode or enforced.">
        {sightings.length === 0 ? (
          <p className="text-ink-2">Nobody so far.</p>
        ) : (
          <ul className="grid gap-1.5">
            {sightings.map(({ address, surface: by, reported, refused, lastAt, actor }) => (
              <li key={`${address} ${by}`}>
                <code className="mono break-all">{address}</code> ({by}): {[reported > 0 && `${reported} would have been refused`, refused > 0 && `${refused} refused`].filter(Boolean).join(', ')}; last {actor},{' '}
                <RelativeTime at={lastAt} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
})
