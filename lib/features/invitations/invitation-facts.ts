/** An invitation as the invited person sees it. Times are ISO. */
export type InvitationFacts = { invitationId: string; email: string; organization: string; slug: string; inviter: string; roles: readonly string[]; expiresAt: string | null }
