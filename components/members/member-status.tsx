import { StatusPill } from '@/components/ui/status-pill'
import type { MemberStatus } from '@/lib/features/members/rules'
import { STATUS_WORDS } from './member-words'

export function MemberStatusPill({ status }: { status: MemberStatus }) {
  const { label, tone } = STATUS_WORDS[status]
  return <StatusPill tone={tone}>{label}</StatusPill>
}
