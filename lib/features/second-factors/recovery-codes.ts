import { randomInt } from 'node:crypto'
import { db, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { hashPassword, passwordMatches } from '@/lib/passwords'

export const RECOVERY_CODES = 10

/** Crockford's: without letters that look like digits. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const GROUP = 4
const GROUPS = 4

const randomGroup = (): string => Array.from({ length: GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')

/** A code as it was given out, however it was typed: without dashes, `o` for `0` and so on. */
export const normalRecoveryCode = (typed: string): string =>
  typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')

export type NewRecoveryCodes = { codes: string[]; rows: { label: string; hash: string }[] }

/**
 * Ten new codes with 80 random bits each. Their first group finds a code among the ten, so that only one slow hash
 * is checked; the other 60 bits are what cannot be guessed. Slow, so do it outside a transaction.
 */
export async function makeRecoveryCodes(): Promise<NewRecoveryCodes> {
  const labels = new Set<string>()
  while (labels.size < RECOVERY_CODES) labels.add(randomGroup())
  const codes = [...labels].map((label) => [label, ...Array.from({ length: GROUPS - 1 }, randomGroup)].join('-'))
  const rows = await Promise.all(codes.map(async (code) => ({ label: code.slice(0, GROUP), hash: await hashPassword(normalRecoveryCode(code)) })))
  return { codes, rows }
}

/** Puts new codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string, { rows }: NewRecoveryCodes): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } })
  await tx.recoveryCode.createMany({ data: rows.map((row) => ({ id: newId('recoveryCode'), accountId, ...row })) })
}

/** Takes a code, once: of two requests with the same one at once only one gets it. A wrong one costs the same work. */
export async function takeRecoveryCode(accountId: string, typed: string, at: Date): Promise<boolean> {
  const code = normalRecoveryCode(typed)
  const row = await db().recoveryCode.findUnique({ where: { accountId_label: { accountId, label: code.slice(0, GROUP) } } })
  const matches = await passwordMatches(row?.usedAt === null ? row.hash : null, code)
  if (!matches || !row) return false
  const { count } = await db().recoveryCode.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: at } })
  return count === 1
}
