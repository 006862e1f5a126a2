import { z } from 'zod'
import { publicOperation } from '@/lib/boundary/public-operation'
import { Email } from '@/lib/features/organizations/schema'

/** The first step of signing in: an address, of which nothing is looked up here but its form. */
export const chooseMethod = publicOperation({
  event: 'session.choose-method',
  input: z.strictObject({ email: Email }),
  limits: (_input, address) => [{ name: 'sign-in-address', by: address }],
  run: (_ctx, { email }) => Promise.resolve(email),
})
