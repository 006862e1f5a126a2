'use client'
import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import type { AuditRow } from '@/lib/features/audit-events/page-rows'
import { useAuditAddress } from './audit-address'
import { Sentence } from './sentence'

/** What happened, as the link that opens the event beside the list. */
export function EventLink({ row }: { row: AuditRow }) {
  const { toEvent } = useAuditAddress()
  return (
    <Link href={toRoute(toEvent(row.id))} prefetch={false} scroll={false} className="rounded-[3px] hover:underline underline-offset-2">
      <Sentence parts={row.predicate} />
    </Link>
  )
}
