'use client'
import { useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import { listReachedMembersAction } from '@/lib/features/role-assignments/actions'
import { MEMBERS_COUNTED } from '@/lib/features/role-assignments/rules'

type Reached = { id: string; name: string; email: string; isActive: boolean }
type ReachedMembersProps = { org: string; assignmentId: string; resourceId: string; count: number }

const countInWords = (count: number): string => (count > MEMBERS_COUNTED ? `${MEMBERS_COUNTED.toLocaleString('en')}+ people` : count === 1 ? '1 person' : `${count.toLocaleString('en')} people`)

/** The people a group brings along, asked for when it is opened. */
export function ReachedMembers({ org, assignmentId, resourceId, count }: ReachedMembersProps) {
  const [people, setPeople] = useState<readonly Reached[]>([])
  const [cursor, setCursor] = useState<string | null>('')
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const load = () =>
    startTransition(async () => {
      const result = await listReachedMembersAction(org, { id: assignmentId, resourceId, ...(cursor && { cursor }) }).catch(() => null)
      setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
      if (!result?.ok) return
      setPeople([...people, ...result.value.rows])
      setCursor(result.value.nextCursor)
    })
  if (count === 0) return <span className="dim text-[13px]">nobody is in this group</span>
  return (
    <details className="text-[13px]" onToggle={(event) => event.currentTarget.open && people.length === 0 && load()}>
      <summary className="text-link inline-block">{countInWords(count)}</summary>
      {failure ? <p role="alert" className="text-bad">{failure}</p> : null}
      <ul className="mt-1 grid gap-1">
        {people.map(({ id, name, email, isActive }) => (
          <li key={id}>
            <TextLink href={`/${org}/users/${id}`}>{name || email}</TextLink>
            {isActive ? null : <span className="ml-2 text-ink-3">not active, so without access</span>}
          </li>
        ))}
      </ul>
      {cursor === null ? null : (
        <Button size="small" pending={pending} onClick={load}>
          Show more
        </Button>
      )}
    </details>
  )
}
