import { consoleGate } from '@/app/console-gate'

export default consoleGate('service-account:read')
