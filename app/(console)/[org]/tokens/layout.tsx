import { consoleGate } from '@/app/console-gate'

export default consoleGate('token:read')
