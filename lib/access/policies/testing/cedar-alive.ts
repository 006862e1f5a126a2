import { cedarParts } from '@/lib/access/cedar'

/** Whether Cedar still answers: an overflow of its stack would have ended that for this process. */
export const cedarParses = (): boolean => 'parts' in cedarParts('permit(principal, action, resource);')
