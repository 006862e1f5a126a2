import { StatusPill } from '@/components/ui/status-pill'
import type { AccountStatus } from '@/lib/features/service-accounts/rules'

/** Whether an account may act. */
export function AccountStatusPill({ status }: { status: AccountStatus }) {
  return <StatusPill tone={status === 'active' ? 'ok' : 'warn'}>{status === 'active' ? 'Active' : 'Suspended'}</StatusPill>
}
