import type { MissingRight } from '@/lib/errors'
import { CORE_PREFIX } from './models/role-permissions'

/** What is missing by its name outside the code: Gatehouse's own with their prefix. */
export const nameOfMissing = ({ permission, isNamed }: MissingRight): string =>
  isNamed === true || permission.startsWith(CORE_PREFIX) ? permission : CORE_PREFIX + permission
