import type { Ctx } from '@/lib/access/context'
import type { z } from 'zod'
import { findImpact, findShifts } from './impact'
import type { ModelImpact } from './impact-lines'
import { readGiven, requireVersion } from './operations'
import type { TryAccessModelInput } from './schema'

/**
 * What saving a model would do, without doing it: what stands in the way, what breaks, who gains and loses what.
 *
 * @throws AppError `invalid-input` with every fault and its place
 */
export async function tryAccessModel(ctx: Ctx<'organization:write'>, input: z.output<typeof TryAccessModelInput>): Promise<ModelImpact> {
  await requireVersion(ctx, input.baseVersion)
  const { model } = readGiven(input)
  const { inventory, ...impact } = await findImpact(ctx, model)
  return { ...impact, ...(await findShifts(ctx, model, inventory)) }
}
