import { z } from 'zod'

/** The directory that decides about a user or a group, as answers name it. */
export const ManagedBy = z.object({ id: z.string(), name: z.string() }).meta({ id: 'ManagedBy', description: 'A directory that decides about this.' })
