import { consoleGate } from '@/app/console-gate'

export default consoleGate('member:write')
