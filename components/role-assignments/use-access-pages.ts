'use client'
import { useRef, useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { listAccessAction } from '@/lib/features/role-assignments/actions'
import type { AccessRow, PrincipalType } from '@/lib/features/role-assignments/rules'

export type AccessPage = { rows: readonly AccessRow[]; nextCursor: string | null }
type Asked = { q: string; type: PrincipalType | '' }

const PAUSE_MS = 200
const NOTHING: Asked = { q: '', type: '' }

/**
 * Who has access to a resource, a page after the other, narrowed while one types. The first page comes with the page
 * around; whenever that is read anew, so is what is narrowed here.
 */
export function useAccessPages(org: string, resourceId: string, first: AccessPage) {
  const [asked, setAsked] = useState<Asked>(NOTHING)
  const [shown, setShown] = useState<AccessPage>(first)
  const [known, setKnown] = useState(first)
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const newest = useRef(0)
  const isNarrowed = asked.q.trim() !== '' || asked.type !== ''
  if (known !== first) {
    setKnown(first)
    if (!isNarrowed) setShown(first)
  }

  async function find({ q, type }: Asked, cursor?: string): Promise<AccessPage | null> {
    const mine = ++newest.current
    const filter = { q: q.trim(), ...(type !== '' && { types: [type] }) }
    const result = await listAccessAction(org, { resourceId, filter, ...(cursor !== undefined && { cursor }) }).catch(() => null)
    if (mine !== newest.current) return null
    setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
    return result?.ok ? result.value : null
  }
  function narrow(next: Asked) {
    setAsked(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => startTransition(async () => {
      const page = await find(next)
      if (page) setShown(page)
    }), PAUSE_MS)
  }
  const more = () =>
    startTransition(async () => {
      const page = await find(asked, shown.nextCursor ?? undefined)
      if (page) setShown({ rows: [...shown.rows, ...page.rows], nextCursor: page.nextCursor })
    })
  return { asked, shown, failure, pending, isNarrowed, narrow, more, again: () => isNarrowed && narrow(asked) }
}
