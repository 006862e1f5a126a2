import { consoleGate } from '@/app/console-gate'
import { findVisibleGroup } from '@/lib/features/groups/queries'

export default consoleGate('group:read', (ctx, param) => findVisibleGroup(ctx, param('groupId')))
