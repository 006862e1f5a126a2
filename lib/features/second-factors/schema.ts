import { z } from 'zod'
import { idSchema } from '@/lib/ids'

export const PASSKEY_NAME_MAX = 60

/** What one calls a passkey, in one line. */
const PasskeyName = z.string().trim().min(1, 'Give it a name, such as the device it is on').max(PASSKEY_NAME_MAX, `Use at most ${PASSKEY_NAME_MAX} characters`).regex(/^\P{Cc}*$/u, 'A name is one line of text')

export const NothingInput = z.strictObject({})
export const ConfirmTotpInput = z.strictObject({ code: z.string().min(1, 'Enter the code that the app shows').max(20, 'A code has six digits') })
export const AddPasskeyInput = z.strictObject({ name: PasskeyName, answer: z.string().min(1).max(20_000) })
export const RenamePasskeyInput = z.strictObject({ id: idSchema('passkey'), name: PasskeyName })
export const RemovePasskeyInput = z.strictObject({ id: idSchema('passkey') })
