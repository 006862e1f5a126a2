import { z } from 'zod'

/** Ways to an authenticator that the specification names. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

const Encoded = z.string().max(20_000)
const Common = { id: Encoded, rawId: Encoded, type: z.literal('public-key'), clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})) }

/** A browser's answer when it has made a passkey; what is not needed is left out. */
export const CreatedPasskey = z.object({
  ...Common,
  response: z.object({
    clientDataJSON: Encoded, attestationObject: Encoded,
    transports: z.array(z.string().max(40)).max(10).default([]).transform((named) => TRANSPORTS.filter((known) => named.includes(known))),
  }),
})

/** A browser's answer when a passkey was used. */
export const UsedPasskey = z.object({ ...Common, response: z.object({ clientDataJSON: Encoded, authenticatorData: Encoded, signature: Encoded }) })

/** JSON, or null for what is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The challenge that an answer claims to answer, or null. */
export function challengeOf(clientDataJSON: string): string | null {
  const data = z.object({ challenge: z.string().max(200) }).safeParse(parsedJson(Buffer.from(clientDataJSON, 'base64url').toString('utf8')))
  return data.success ? data.data.challenge : null
}
