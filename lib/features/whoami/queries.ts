import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'

export type Whoami = {
  principal: { type: string; id: string; name: string }
  organization: { id: string; slug: string; name: string; model: string }
  /** `madeFrom`: of an access token. */
  credential: { type: string; id: string; expiresAt: string | null; madeFrom: { type: string; id: string; name: string } | null } | null
  /** Held at the organization, Gatehouse's own with their prefix. */
  permissions: string[]
}

function credentialOf({ actor }: Ctx): Whoami['credential'] {
  if (actor.type === 'credential') {
    const { type, id, name, madeFrom } = actor.credential
    return { type, id, expiresAt: actor.expiresAt?.toISOString() ?? null, madeFrom: madeFrom === undefined ? null : { type: madeFrom, id, name } }
  }
  return actor.type === 'session' ? { type: 'session', id: actor.sessionId, expiresAt: null, madeFrom: null } : null
}

/** Who is asking, in which organization, with which credential, and what they may do there. */
export function whoami(ctx: Ctx): Whoami {
  const { principal, organization, rights, model } = ctx
  const { id, slug, name, accessModel } = organization
  const ofModel = model.permissions.filter((permission) => rights.holdsNamed(permission.name)).map((permission) => permission.name)
  return {
    principal,
    organization: { id, slug, name, model: accessModel },
    credential: credentialOf(ctx),
    permissions: [...rights.atOrganization().map((permission) => CORE_PREFIX + permission), ...ofModel],
  }
}
