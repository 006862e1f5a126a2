/** An organization of the signed-in person. `ended`: an administrator ended this session there. Times are ISO. */
export type OwnMembership = { slug: string; name: string; roles: readonly string[]; status: 'active' | 'suspended' | 'ended'; lastSeenAt: string | null }
