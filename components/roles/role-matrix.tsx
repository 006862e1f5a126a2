'use client'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { NativeSelect } from '@/components/ui/native-select'
import { TextLink } from '@/components/ui/text-link'
import type { CatalogueGroup } from '@/lib/features/roles/catalogue'
import type { RoleKind, RoleView } from '@/lib/features/roles/view'

/** What of a role the matrix needs. `cells`: a sign for each permission of the catalogue, `1` where the role has it. */
export type MatrixRole = Pick<RoleView, 'id' | 'title' | 'kind' | 'onlyAt'> & { cells: string }

type RoleMatrixProps = { org: string; groups: readonly CatalogueGroup[]; roles: readonly MatrixRole[]; q: string; kind: RoleKind | '' }

/** Columns that can still be read beside each other. */
const COLUMNS_MAX = 40

const KINDS = [{ value: 'built-in', label: 'Built-in roles' }, { value: 'custom', label: 'Custom roles' }]

/** Keeps what is shown in the address, without asking the server for it again. */
function remember(q: string, kind: string): void {
  const params = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries({ q, kind })) if (value) params.set(name, value)
  else params.delete(name)
  history.replaceState(history.state, '', params.size > 0 ? `?${params}` : location.pathname)
}

function found(groups: readonly CatalogueGroup[], q: string): CatalogueGroup[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (...texts: string[]) => words.every((word) => texts.some((text) => text.toLowerCase().includes(word)))
  return groups
    .map(({ group, permissions }) => ({ group, permissions: permissions.filter(({ name, title, description }) => fits(group, name, title, description)) }))
    .filter(({ permissions }) => permissions.length > 0)
}

/** All roles beside all permissions, by group. It can be searched at once; until script arrives, by sending the form. */
export function RoleMatrix({ org, groups, roles, q: askedFor, kind: askedKind }: RoleMatrixProps) {
  const [q, setQ] = useState(askedFor)
  const [kind, setKind] = useState<string>(askedKind)
  const ofKind = roles.filter((role) => kind === '' || role.kind === kind)
  const columns = ofKind.slice(0, COLUMNS_MAX)
  const places = new Map(groups.flatMap(({ permissions }) => permissions).map(({ name }, index) => [name, index]))
  const shown = found(groups, q)
  const count = shown.reduce((sum, { permissions }) => sum + permissions.length, 0)
  const change = (nextQ: string, nextKind: string) => {
    setQ(nextQ)
    setKind(nextKind)
    remember(nextQ, nextKind)
  }
  return (
    <section aria-label="Matrix of roles and permissions">
      <form method="get" role="search" className="toolbar" onSubmit={(event) => event.preventDefault()}>
        <label className="search-box">
          <Search aria-hidden="true" />
          <input className="input" type="search" name="q" aria-label="Search permissions" placeholder="Search permissions" value={q} onChange={(event) => change(event.currentTarget.value, kind)} />
        </label>
        <NativeSelect name="kind" aria-label="Roles shown" className="input-sm" options={KINDS} placeholder="All roles" value={kind} onChange={(event) => change(q, event.currentTarget.value)} />
        <span role="status" className="dim num">
          {count} {count === 1 ? 'permission' : 'permissions'}, {columns.length} {columns.length === 1 ? 'role' : 'roles'}
          {ofKind.length > columns.length ? ` of ${ofKind.length}` : ''}
        </span>
      </form>
      <div className="table-frame matrix" role="region" aria-label="Matrix, scrollable" tabIndex={0}>
        <table aria-label="Roles and permissions">
          <thead>
            <tr>
              <th scope="col" className="matrix-corner">Permission</th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col" className="matrix-role">
                  <span>
                    <TextLink href={`/${org}/roles/${id}`} plain>
                      {title}
                    </TextLink>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          {shown.map(({ group, permissions }) => (
            <MatrixGroup key={group} group={group} permissions={permissions} columns={columns} places={places} />
          ))}
        </table>
        {count === 0 ? <p className="p-4 text-ink-2">No permission matches “{q}”.</p> : null}
      </div>
    </section>
  )
}

function MatrixGroup({ group, permissions, columns, places }: CatalogueGroup & { columns: readonly MatrixRole[]; places: ReadonlyMap<string, number> }) {
  return (
    <tbody>
      <tr className="matrix-group">
        <th scope="rowgroup" colSpan={columns.length + 1}>
          <span>{group}</span>
        </th>
      </tr>
      {permissions.map(({ name, title, description }) => (
        <tr key={name}>
          <th scope="row" className="matrix-permission" title={description}>
            {title}
            <span className="mono">{name}</span>
          </th>
          {columns.map((role) => (
            <Cell key={role.id} has={role.cells.charAt(places.get(name) ?? -1) === '1'} onlyAt={role.onlyAt[name]} />
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** A word each, which the style sheet draws as a sign: read out, and copied, as it is. */
function Cell({ has, onlyAt }: { has: boolean; onlyAt: readonly string[] | undefined }) {
  if (!has) return <td>no</td>
  if (!onlyAt) return <td data-has="yes">yes</td>
  const words = `yes, only where the role is held at: ${onlyAt.join(', ')}`
  return (
    <td data-has="some" title={words}>
      {words}
    </td>
  )
}
