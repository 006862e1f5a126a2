import { TextLink } from '@/components/ui/text-link'

export type MissingFactorsProps = { org: string; total: number; people: readonly { id: string; email: string; name: string }[] }

/** Who has no second factor yet, so that nobody is surprised. */
export function MissingFactors({ org, total, people }: MissingFactorsProps) {
  if (total === 0) return <p className="text-ink-2">Every active user has a second factor.</p>
  const more = total - people.length
  return (
    <div className="grid gap-1">
      <p>{total === 1 ? 'One active user has no second factor yet and is led to set it up:' : `${total} active users have no second factor yet and are led to set it up:`}</p>
      <ul aria-label="Users without second factor" className="grid max-h-48 gap-0.5 overflow-y-auto" tabIndex={0}>
        {people.map(({ id, email, name }) => (
          <li key={id}>
            <TextLink href={`/${org}/users/${id}`}>{name || email}</TextLink>
            {name ? <span className="dim"> {email}</span> : null}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-ink-2">And {more} more.</p> : null}
    </div>
  )
}
