import { consoleGate } from '@/app/console-gate'
import { findRole } from '@/lib/features/roles/list'

export default consoleGate('role:read', (ctx, param) => findRole(ctx, param('roleId')))
