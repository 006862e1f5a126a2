import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, Time } from '@/lib/boundary/http-schema'
import type { Ctx } from '@/lib/access/context'
import { renameOrganization } from './operations'
import { findOrganization } from './queries'

const Organization = z.object({
  id: idText('org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', 'Id of the organization.'),
  slug: z.string().meta({ description: 'Address of the organization in the console; it never changes.', example: 'acme' }),
  name: z.string().meta({ example: 'Acme' }),
  model: z.string().meta({ description: 'Its access model, chosen when it was made.', example: 'standard' }),
  memberLimit: z.number().int().nullable().meta({ description: 'Most members and pending invitations together; null: no limit.' }),
  createdAt: Time,
}).meta({ id: 'Organization' })

async function organization(ctx: Ctx<'organization:read'>): Promise<z.input<typeof Organization>> {
  const { accessModel, ...rest } = await findOrganization(ctx)
  return { ...rest, model: accessModel }
}

export const organizationRoutes = [
  defineRead({
    path: '/organization',
    tag: 'Organization',
    summary: 'Show the organization',
    description: 'The organization is the credential’s; no address names it.',
    permission: 'organization:read',
    output: Organization,
    hasVersion: true,
    read: organization,
  }),
  defineRoute({
    method: 'patch',
    path: '/organization',
    tag: 'Organization',
    summary: 'Rename the organization',
    description: 'Changes the name people see. The slug stays, so that links keep working.',
    operation: renameOrganization,
    bodyExample: { name: 'Acme Incorporated' },
    resource: { schema: Organization, table: 'Organization', permission: 'organization:read', idOf: () => 'organization', read: organization },
  }),
]
