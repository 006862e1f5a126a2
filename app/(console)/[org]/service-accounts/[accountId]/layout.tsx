import { consoleGate } from '@/app/console-gate'
import { findServiceAccount } from '@/lib/features/service-accounts/queries'

export default consoleGate('service-account:read', (ctx, param) => findServiceAccount(ctx, param('accountId')))
