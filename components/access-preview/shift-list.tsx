import { Minus, Plus } from 'lucide-react'
import type { ShiftLine } from '@/lib/features/access-preview/rules'

const TYPES: Readonly<Record<string, string>> = { group: 'Group', service_account: 'Service account', token: 'Token' }
const SHOWN = 3

/** A permission each, the first few at once; all of them when opened. */
function Permissions({ permissions }: Pick<ShiftLine, 'permissions'>) {
  const titles = permissions.map(({ title }) => title)
  if (titles.length <= SHOWN) return <span>{titles.join(', ')}</span>
  return (
    <details>
      <summary>
        {titles.slice(0, SHOWN).join(', ')} <span className="text-link">and {titles.length - SHOWN} more</span>
      </summary>
      <ul className="columns-2 gap-6">
        {permissions.slice(SHOWN).map(({ name, title }) => (
          <li key={name}>{title}</li>
        ))}
      </ul>
    </details>
  )
}

/** Those who lose, or those who gain: who, where, what. */
export function ShiftList({ kind, lines, more }: { kind: 'loses' | 'gains'; lines: readonly ShiftLine[]; more: number }) {
  if (lines.length === 0) return null
  const count = lines.length + more
  const Icon = kind === 'loses' ? Minus : Plus
  return (
    <section className="shifts" data-kind={kind} aria-label={kind === 'loses' ? 'Loses access' : 'Gains access'}>
      <h3>
        <Icon aria-hidden="true" />
        {kind === 'loses' ? 'Loses access' : 'Gains access'} <span className="badge">{count.toLocaleString('en')}</span>
      </h3>
      <ul tabIndex={0} aria-label={kind === 'loses' ? 'Who loses what' : 'Who gains what'}>
        {lines.map(({ principal, resource, permissions }) => (
          <li key={`${principal.id} ${resource.id}`}>
            <p>
              <strong>{principal.name}</strong>
              {TYPES[principal.type] ? <span className="badge ml-2">{TYPES[principal.type]}</span> : null} <span className="text-ink-2">at {resource.name}</span>
            </p>
            <div className="text-[13px] text-ink-2">
              <Permissions permissions={permissions} />
            </div>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-[13px] text-ink-2">and {more.toLocaleString('en')} more</p> : null}
    </section>
  )
}
