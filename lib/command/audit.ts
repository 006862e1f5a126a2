import { commandActor } from '@/lib/access/principals/actor'
import { verifyAudit } from '@/lib/features/audit-events/reading'
import type { Command, CommandAnswer } from './command'

/** `audit verify`: fails when the log was tampered with. */
export const verifyLog: Command = (args) => {
  args.allow('org')
  const org = args.required('org')
  return () => verify(org)
}

async function verify(org: string): Promise<CommandAnswer> {
  const report = await verifyAudit(commandActor, org)
  if (report.state === 'intact') {
    return { json: report, lines: [`The audit log of ${org} is intact: ${report.count} events, head ${report.head || 'none'}, checked in ${report.tookMs} ms.`] }
  }
  const problems = report.problems.map(({ kind, sequence, eventId, reason }) => `  ${[kind, sequence && `#${sequence}`, eventId].filter(Boolean).join(' ')}: ${reason}`)
  return { json: report, lines: [`The audit log of ${org} is broken: ${report.total} problems.`, ...problems], hasFailed: true }
}
