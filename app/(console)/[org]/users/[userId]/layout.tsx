import { consoleGate } from '@/app/console-gate'
import { requireVisible } from '@/lib/features/members/queries'

export default consoleGate('member:read', (ctx, param) => requireVisible(ctx, param('userId')))
