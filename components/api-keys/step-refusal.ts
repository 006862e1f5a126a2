import type { ActionResult } from '@/lib/boundary/result'

/** What is wrong with a step before anything is sent, in the shape of the server's own refusals. */
export const stepRefusal = (problems: Readonly<Record<string, string>>): ActionResult<never> => ({
  ok: false,
  refusal: { code: 'invalid-input', status: 422, title: 'Some fields need another look', message: 'look at the fields below', fields: Object.entries(problems).map(([path, message]) => ({ path, message })), requestId: '' },
})
