'use server'

import { defineAction } from '@/lib/boundary/action'
import { addDomain, removeDomain, verifyDomain } from './operations'

export const addDomainAction = defineAction(addDomain)
export const verifyDomainAction = defineAction(verifyDomain)
export const removeDomainAction = defineAction(removeDomain)
