import type { Ctx } from '@/lib/access/context'
import type { AccessPreview } from '@/lib/access/preview'
import { describePreview } from './describe'
import type { AccessPreviewView } from './rules'
import { AccessPreviewAnswer } from './schema'

/** A rehearsed change as routes answer it. */
export const tellPreview = async (ctx: Ctx, preview: AccessPreview): Promise<AccessPreviewView> => AccessPreviewAnswer.parse(await describePreview(ctx, preview))
