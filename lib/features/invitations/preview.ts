import type { Ctx } from '@/lib/access/context'
import { absoluteUrl } from '@/lib/env'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords } from '@/lib/features/roles/rules'
import type { WantedAssignment } from '@/lib/features/roles/schema'
import { invitationLetter } from '@/lib/mail/templates'
import { invitationEnd } from './insert'

/** The mail as invited people will read it, with a link that leads nowhere. @throws AppError for roles that are not there */
export async function previewInvitation(ctx: Ctx<'member:write'>, { roles, message }: { roles: readonly WantedAssignment[]; message: string }): Promise<{ subject: string; text: string }> {
  const given = await resolveAssignments(ctx, roles)
  const inviter = ctx.principal.type === 'command' ? ctx.organization.name : ctx.principal.name
  return invitationLetter(
    { organization: ctx.organization.name, inviter, roles: given.map(assignmentInWords), message, expiresAt: invitationEnd(ctx.now).toISOString() },
    `${absoluteUrl('/invite/')}…`,
  )
}
