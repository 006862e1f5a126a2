import { Banner } from '@/components/ui/banner'

type MappingChangesProps = { changes: { count: number; people: readonly { userId: string; email: string; gains: readonly string[]; losses: readonly string[] }[]; known: number; unknown: number } }

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** Whose roles group mappings would change, before they are saved. */
export function MappingChanges({ changes: { count, people: named, known, unknown } }: MappingChangesProps) {
  const title = count === 0 ? 'Nobody’s roles would change' : `The roles of ${people(count)} would change at their next sign-in`
  return (
    <Banner title={title} live>
      <p>By the groups of their last sign-in, which are known of {people(known)}{unknown > 0 ? `; of ${unknown} more they are not known yet` : ''}.</p>
      {named.length > 0 ? (
        <ul aria-label="Whose roles would change" className="mt-2 grid gap-1">
          {named.map(({ userId, email, gains, losses }) => (
            <li key={userId} className="break-words">
              <strong>{email}</strong>
              {gains.length > 0 ? ` gets ${gains.join(', ')}` : ''}
              {gains.length > 0 && losses.length > 0 ? ' and' : ''}
              {losses.length > 0 ? ` loses ${losses.join(', ')}` : ''}
            </li>
          ))}
        </ul>
      ) : null}
      {count > named.length ? <p>And {count - named.length} more.</p> : null}
    </Banner>
  )
}
