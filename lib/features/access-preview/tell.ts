import type { Ctx } from '@/lib/access/context'
import type { AccessPreview } from '@/lib/access/preview'
import { describePreview } from './describe'
import type { AccessPreviewView } from './rules'
import { AccessPreviewAnswer } from './schema'

const tell = async (ctx: Ctx, preview: AccessPreview): Promise<AccessPreviewView> => AccessPreviewAnswer.parse(await describePreview(ctx, preview))

/** A rehearsed change as routes answer it, with the shape the reference tells. */
export const tellPreview = Object.assign(tell, { output: AccessPreviewAnswer })
