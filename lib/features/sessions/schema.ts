import { z } from 'zod'
import { idSchema } from '@/lib/ids'

export const EndSessionInput = z.strictObject({ sessionId: idSchema('session') })
export const EndOtherSessionsInput = z.strictObject({})

/** Without `sessionId`: all of them. */
export const EndMemberSessionsInput = z.strictObject({ userId: idSchema('user'), sessionId: idSchema('session').optional() })
