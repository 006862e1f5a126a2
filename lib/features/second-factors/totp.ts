import { generateSecret, generateURI, verifySync } from 'otplib'
import { encode } from 'uqr'
import { db } from '@/lib/db'
import { seal, unseal } from '@/lib/secrets'

const PERIOD_SECONDS = 30
const CODE = /^\d{6}$/

/** A new seed of 160 bits, in base32 as authenticator apps take it. */
export const makeSeed = (): { seed: string; sealedSeed: string } => {
  const seed = generateSecret()
  return { seed, sealedSeed: seal(seed) }
}

/** What a code for an authenticator app's camera holds. */
export const seedUri = (seed: string, email: string): string => generateURI({ issuer: 'Gatehouse', label: email, secret: seed })

/** A square of dots, as an SVG path over `size` by `size` units, without border. */
export type QrPicture = { size: number; path: string }

export function qrPicture(text: string): QrPicture {
  const { size, data } = encode(text, { border: 0, ecc: 'M' })
  const rows = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: rows.join('') }
}

/**
 * The time step (RFC 6238) that a code belongs to.
 *
 * @param code six digits; spaces between them do not count
 * @returns null when it is none of the present step, the one before or the one after
 */
export function stepOfCode(seed: string, code: string, at: Date): number | null {
  const token = code.replace(/\s/g, '')
  if (!CODE.test(token)) return null
  const checked = verifySync({ secret: seed, token, epoch: Math.floor(at.getTime() / 1000), epochTolerance: PERIOD_SECONDS })
  return checked.valid && 'timeStep' in checked ? checked.timeStep : null
}

/** Takes a code, once: of two requests with the same one at once only one gets it. */
export async function takeTotpCode(accountId: string, code: string, at: Date): Promise<boolean> {
  const factor = await db().totpFactor.findUnique({ where: { accountId }, select: { sealedSeed: true, confirmedAt: true } })
  if (!factor || factor.confirmedAt === null) return false
  const step = stepOfCode(unseal(factor.sealedSeed), code, at)
  if (step === null) return false
  const { count } = await db().totpFactor.updateMany({
    where: { accountId, sealedSeed: factor.sealedSeed, lastStep: { lt: step }, confirmedAt: { not: null } },
    data: { lastStep: step, lastUsedAt: at },
  })
  return count === 1
}
