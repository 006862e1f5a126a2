import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, Time } from '@/lib/boundary/http-schema'
import { addHolder, removeHolder } from './operations'
import { findHolder, listHolders } from './queries'
import { HolderInput } from './schema'

const USER_ID = 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'
const tag = 'Single sign-on'
const path = '/break-glass-holders'

const Holder = z.object({
  userId: idText(USER_ID, 'Id of the user.'), name: z.string(), email: z.string(),
  isActive: z.boolean().meta({ description: 'Codes of somebody suspended open nothing.' }),
  codesLeft: z.number().int().meta({ description: 'Codes not used yet; 0 until the holder has made some.' }),
  codesMadeAt: Time.nullable(), lastUsedAt: Time.nullable(), chosenBy: z.string(), chosenAt: Time,
}).meta({ id: 'BreakGlassHolder', description: 'An administrator who may hold codes that open the SSO settings when the identity provider is out of order.' })

const example = { userId: USER_ID, name: 'Member 42', email: 'member42@acme.test', isActive: true, codesLeft: 9, codesMadeAt: '2026-11-22T09:35:00.000Z', lastUsedAt: '2026-11-23T07:10:00.000Z', chosenBy: 'admin@acme.test', chosenAt: '2026-11-22T09:30:00.000Z' }

const Params = z.object({ id: HolderInput.shape.userId.meta({ description: 'Id of the user.', example: USER_ID }) })
const resource = { schema: Holder, table: 'Organization' as const, permission: 'sign-in:read' as const, idOf: () => '', read: (ctx: Ctx, { id }: { id: string }) => findHolder(ctx, id) }

export const breakGlassRoutes = [
  defineRead({
    path, tag, summary: 'List holders of break-glass codes', description: 'In the order of their choosing; the codes themselves are shown once, to their holder, in the console.', permission: 'sign-in:read',
    output: listOf(Holder), example: { data: [example], nextCursor: null }, read: async (ctx) => ({ data: await listHolders(ctx), nextCursor: null }),
  }),
  defineRoute({
    method: 'post', path, tag, summary: 'Let an administrator hold break-glass codes', description: 'They make the codes themselves, in the console. 409 for somebody who may not change the sign-in settings.', operation: addHolder, bodyExample: { userId: USER_ID },
    status: 201, output: Holder, example: { ...example, codesLeft: 0, codesMadeAt: null, lastUsedAt: null }, errors: ['already-exists', 'conflict', 'limit-reached'], answer: (ctx, { userId }) => findHolder(ctx, userId), location: ({ userId }) => `${path}/${userId}`,
  }),
  defineRead({ path: `${path}/{id}`, tag, summary: 'Show a holder of break-glass codes', permission: 'sign-in:read', params: Params, output: Holder, example, hasVersion: true, read: (ctx, { params }) => findHolder(ctx, params.id) }),
  defineRoute({ method: 'delete', path: `${path}/{id}`, tag, summary: 'Take break-glass codes away', description: 'The codes stop working, and what they have opened ends.', operation: removeHolder, params: Params, input: ({ params }) => ({ userId: params.id }), status: 204, resource }),
]
