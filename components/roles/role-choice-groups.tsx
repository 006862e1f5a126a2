'use client'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import type { CatalogueGroup, ListedPermission } from '@/lib/features/roles/catalogue'

type Chosen = ReadonlySet<string>

type RoleChoiceGroupsProps = {
  groups: readonly CatalogueGroup[]
  chosen: Chosen
  /** What the author may not add, since they do not hold it. */
  locked: Chosen
  onChange: (chosen: Set<string>) => void
}

/** Titles of chosen permissions that bring another along, by its name. */
function broughtBy(groups: readonly CatalogueGroup[], chosen: Chosen): Map<string, string[]> {
  const brought = new Map<string, string[]>()
  for (const { name, title, brings } of groups.flatMap(({ permissions }) => permissions)) {
    if (chosen.has(name)) for (const other of brings) brought.set(other, [...(brought.get(other) ?? []), title])
  }
  return brought
}

const wordsOf = (q: string) => q.toLowerCase().split(/\s+/).filter(Boolean)

/** Permissions to choose from, by group, with a search. What comes with a chosen one is shown as such. */
export function RoleChoiceGroups({ groups, chosen, locked, onChange }: RoleChoiceGroupsProps) {
  const [q, setQ] = useState('')
  const words = wordsOf(q)
  const brought = broughtBy(groups, chosen)
  const fits = (group: string, { name, title, description }: ListedPermission) => words.every((word) => [group, name, title, description].some((text) => text.toLowerCase().includes(word)))
  const shown = groups.map(({ group, permissions }) => ({ group, permissions: permissions.filter((each) => fits(group, each)) })).filter(({ permissions }) => permissions.length > 0)
  const put = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const name of names) if (on) next.add(name)
    else next.delete(name)
    onChange(next)
  }
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <label className="search-box">
          <Search aria-hidden="true" />
          <input
            className="input"
            type="search"
            aria-label="Search permissions"
            placeholder="Search permissions"
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
            // Enter would send the form around.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </label>
        <span role="status" className="dim num">
          {chosen.size} chosen
        </span>
      </div>
      {shown.map((group) => (
        <Group key={group.group} {...group} chosen={chosen} locked={locked} brought={brought} put={put} />
      ))}
      {shown.length === 0 ? <p className="text-ink-2">No permission matches “{q}”.</p> : null}
    </div>
  )
}

type GroupProps = CatalogueGroup & { chosen: Chosen; locked: Chosen; brought: ReadonlyMap<string, readonly string[]>; put: (names: readonly string[], on: boolean) => void }

function Group({ group, permissions, chosen, locked, brought, put }: GroupProps) {
  const free = permissions.filter(({ name }) => !locked.has(name) || chosen.has(name)).map(({ name }) => name)
  const count = free.filter((name) => chosen.has(name)).length
  return (
    <fieldset className="role-group">
      <legend className="sr-only">{group}</legend>
      <div className="role-group-head">
        <AllBox label={group} all={free.length > 0 && count === free.length} some={count > 0} disabled={free.length === 0} onChange={(on) => put(free, on)} />
        <span className="dim num">
          {permissions.filter(({ name }) => chosen.has(name)).length} of {permissions.length}
        </span>
      </div>
      <div className="role-choices">
        {permissions.map((permission) => (
          <Choice key={permission.name} permission={permission} isOn={chosen.has(permission.name)} isLocked={locked.has(permission.name)} broughtBy={brought.get(permission.name)} onChange={(on) => put([permission.name], on)} />
        ))}
      </div>
    </fieldset>
  )
}

function AllBox({ label, all, some, disabled, onChange }: { label: string; all: boolean; some: boolean; disabled: boolean; onChange: (on: boolean) => void }) {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = some && !all
  }, [some, all])
  return (
    <label className="choice">
      <input ref={ref} type="checkbox" className="check" checked={all} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        <strong className="font-semibold">{label}</strong>
        <span className="sr-only">, all of them</span>
      </span>
    </label>
  )
}

type ChoiceProps = { permission: ListedPermission; isOn: boolean; isLocked: boolean; broughtBy: readonly string[] | undefined; onChange: (on: boolean) => void }

function Choice({ permission: { name, title, description }, isOn, isLocked, broughtBy: sources, onChange }: ChoiceProps) {
  const isBrought = sources !== undefined && !isOn
  const reason = isBrought ? `Comes with ${sources.join(', ')}.` : isLocked && !isOn ? 'You do not hold it yourself, so you cannot give it.' : ''
  return (
    <Checkbox
      label={
        <>
          {title} <span className="mono text-ink-3">{name}</span>
        </>
      }
      detail={
        <>
          {description}
          {reason ? <em className="block not-italic text-ink-2">{reason}</em> : null}
        </>
      }
      checked={isOn || isBrought}
      disabled={reason !== ''}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
