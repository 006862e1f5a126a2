'use client'
import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { PRINCIPAL_TYPES } from '@/lib/features/role-assignments/rules'
import { AccessLine } from './access-line'
import { GiveRoleButton } from './give-role-button'
import { useAccessPages, type AccessPage } from './use-access-pages'

type ResourceAccessProps = {
  org: string
  resource: { id: string; type: string; name: string }
  /** The first page, of `listAccessAt`. */
  first: AccessPage
  /** Whether the reader may give roles here. */
  mayGive: boolean
  /** Begins the address of a resource's page, to which its id is added; left out, names of resources are no links. */
  resourceBase?: string
}

const KIND_WORDS = { user: 'People', invitation: 'Invitations', group: 'Groups', service_account: 'Service accounts' }
const KINDS = [{ value: '', label: 'Everybody' }, ...PRINCIPAL_TYPES.map((type) => ({ value: type, label: KIND_WORDS[type] }))]

/** Who has access to a resource: given here, to change and take away; inherited, with where it comes from. */
export function ResourceAccess({ org, resource, first, mayGive, resourceBase }: ResourceAccessProps) {
  const { asked, shown, failure, pending, isNarrowed, narrow, more, again } = useAccessPages(org, resource.id, first)
  const [direct, inherited] = [shown.rows.filter(({ inheritedFrom }) => inheritedFrom === null), shown.rows.filter(({ inheritedFrom }) => inheritedFrom !== null)]
  const parts = [{ title: 'Given here', rows: direct, none: isNarrowed ? 'Nobody of those you look for.' : 'No role is given here.' }, { title: 'Inherited', rows: inherited, none: null }]
  return (
    <div className="grid gap-4" aria-busy={pending}>
      <div className="flex flex-wrap items-center gap-2">
        <div className="search-box min-w-48 flex-1">
          <Search aria-hidden="true" />
          <Input type="search" aria-label="Search who has access" placeholder="Search name or address" value={asked.q} onChange={(event) => narrow({ ...asked, q: event.currentTarget.value })} autoComplete="off" />
        </div>
        <NativeSelect aria-label="Kind" className="w-auto" options={KINDS} value={asked.type} onChange={({ currentTarget: { value } }) => narrow({ ...asked, type: PRINCIPAL_TYPES.find((type) => type === value) ?? '' })} />
        {mayGive ? <GiveRoleButton org={org} target={{ resource }} onGiven={again} /> : null}
      </div>
      {failure ? <p role="alert" className="text-bad">{failure}</p> : null}
      {parts.map(({ title, rows, none }) =>
        rows.length === 0 && none === null ? null : (
          <section key={title} aria-label={title} className="grid gap-1">
            <h3 className="label">{title}</h3>
            {rows.length === 0 ? <p className="text-ink-2">{none}</p> : null}
            <ul className="divide-y divide-line-soft">
              {rows.map((row) => (
                <AccessLine key={row.id} org={org} row={row} resourceId={resource.id} resourceBase={resourceBase} onChanged={again} />
              ))}
            </ul>
          </section>
        ),
      )}
      {shown.nextCursor === null ? null : (
        <div>
          <Button pending={pending} onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </div>
  )
}
