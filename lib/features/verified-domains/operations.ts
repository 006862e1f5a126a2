import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { giverOf } from '@/lib/features/roles/insert'
import type { Prisma } from '@/lib/generated/prisma/client'
import { newId } from '@/lib/ids'
import { randomBase62 } from '@/lib/secrets'
import { findTexts } from './lookup'
import { findDomain } from './queries'
import { AddDomainInput, DomainInput } from './schema'

const TOKEN_LENGTH = 32

const targetOf = ({ id, domain }: { id: string; domain: string }) => ({ type: 'domain', id, name: domain })

/** Notes a domain and makes what its TXT record must hold. Until that is found, no connection may speak for the domain. */
export const addDomain = operation({
  event: 'domain.add',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: AddDomainInput,
  run: async (ctx, { domain }) => {
    const id = newId('domain')
    const { id: createdById, name: createdByName } = giverOf(ctx)
    await ctx.tx.verifiedDomain.create({ data: { id, organizationId: ctx.orgId, domain, token: randomBase62(TOKEN_LENGTH), createdById, createdByName, createdAt: ctx.now } })
    return { value: { id }, targets: [targetOf({ id, domain })] }
  },
})

const save = (ctx: Ctx, id: string, data: Prisma.VerifiedDomainUpdateInput) =>
  ctx.tx.verifiedDomain.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data, select: { id: true } })

/** Looks for the TXT record. What was verified stays so. @throws AppError `conflict` telling what was found instead */
export const verifyDomain = operation({
  event: 'domain.verify',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: DomainInput,
  run: async (ctx, { id }) => {
    const domain = await findDomain(ctx, id)
    if (domain.verifiedAt !== null && domain.missingSince === null) return { value: { id }, events: [] }
    const texts = await findTexts(domain.record.name)
    if (texts === null) throw new AppError('conflict', `the resolver did not answer for \`${domain.record.name}\`; try again in a minute`)
    if (!texts.includes(domain.record.value)) {
      const found = texts.length === 0 ? 'there is no TXT record' : 'the TXT record holds something else'
      throw new AppError('conflict', `${found} at \`${domain.record.name}\`; a new record may take some minutes to be seen`)
    }
    await save(ctx, id, { checkedAt: ctx.now, verifiedAt: domain.verifiedAt ?? ctx.now, missingSince: null, missingToldAt: null })
    return { value: { id }, targets: [targetOf(domain)] }
  },
})

/** Takes a domain back: from now on nobody of it comes in through a connection. */
export const removeDomain = operation({
  event: 'domain.remove',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: true,
  input: DomainInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const domain = await findDomain(ctx, id)
    const { isSsoOnly } = await ctx.tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { isSsoOnly: true } })
    const others = await ctx.tx.verifiedDomain.count({ where: { organizationId: ctx.orgId, verifiedAt: { not: null }, id: { not: id } } })
    if (isSsoOnly && domain.verifiedAt !== null && others === 0) throw new AppError('conflict', 'SSO-only is on and this is the only verified domain: nobody could sign in any more; switch SSO-only off first')
    await ctx.tx.verifiedDomain.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } } })
    return { value: { id }, targets: [targetOf(domain)], before: { domain: domain.domain, verified: domain.verifiedAt !== null } }
  },
})
