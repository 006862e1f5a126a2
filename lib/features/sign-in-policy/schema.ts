import { z } from 'zod'

export const UpdateSignInPolicyInput = z.strictObject({
  ssoOnly: z.boolean().optional(),
  autoprovision: z.boolean().optional(),
  /** By id or name; null: what the access model says. */
  defaultRole: z.string().min(1).nullable().optional(),
})
