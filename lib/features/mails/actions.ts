'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { readMail, retryMail } from './operations'

export const readMailAction = defineAction(readMail)
export const retryMailsAction = defineBulkAction(retryMail)
