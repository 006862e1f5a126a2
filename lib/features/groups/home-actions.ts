'use server'

import { z } from 'zod'
import { defineReadAction } from '@/lib/boundary/read-action'
import { searchGroupHomes } from './homes'

const HomeSearchInput = z.strictObject({ q: z.string().trim().max(200) })

/** What a new group can belong to, searched while one types. */
export const searchGroupHomesAction = defineReadAction('group:write', HomeSearchInput, searchGroupHomes)
