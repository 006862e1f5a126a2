'use server'

import { defineAccountAction } from '@/lib/boundary/action'
import { unlinkProvider } from './links'

export const unlinkProviderAction = defineAccountAction(unlinkProvider)
