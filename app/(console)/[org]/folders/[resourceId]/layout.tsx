import { consoleGate } from '@/app/console-gate'
import { requireVisible } from '@/lib/features/resources/queries'

export default consoleGate('resource:read', (ctx, param) => requireVisible(ctx, param('resourceId')))
