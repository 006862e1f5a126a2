import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { entryOf, type ApiRoute, type Described } from './http-route'
import { parseBody, parseParams } from './http-schema'
import { read } from './perform'

type Proof<P extends CorePermission | null> = Ctx<P extends CorePermission ? P : never>

export type QuestionRoute<P extends CorePermission | null, Params extends z.ZodType, Body extends z.ZodType, Output extends z.ZodType> = Described & {
  permission: P
  params?: Params
  body: Body
  bodyExample: unknown
  output: Output
  example?: unknown
  ask: (ctx: Proof<P>, asked: { params: z.output<Params>; body: z.output<Body> }) => Promise<z.input<Output>>
}

/** A POST that changes nothing: a question whose body is too large or too rich for an address. */
export function defineQuestion<P extends CorePermission | null, Body extends z.ZodType, Output extends z.ZodType, Params extends z.ZodType = z.ZodType>(
  { permission, params, body, bodyExample, output, example, ask, ...described }: QuestionRoute<P, Params, Body, Output>,
): ApiRoute {
  return {
    ...entryOf('post', described, { params, body, bodyExample }, { status: 200, description: 'The answer.', schema: output, ...(example !== undefined && { example }) }),
    permission,
    hasVersion: false,
    takesBody: true,
    handle: async (call) => ({
      status: 200,
      body: await read(call.actor, call.actor.organizationId, permission, async (ctx) =>
        output.parse(await ask(ctx, { params: parseParams(params, call), body: parseBody(body, call) }))),
    }),
  }
}
