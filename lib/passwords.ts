import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { processWide } from './process-state'

export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 256

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const common = () => processWide('common-passwords', () => new Set(Object.values(dictionary).flat().map(String)))

/** What is wrong with a new password, or null. Common ones are refused from an offline list (ASVS 6.2.4). */
export function passwordProblem(password: string, email = ''): string | null {
  if (password.length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters`
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters`
  const lower = password.toLowerCase()
  if (common().has(lower)) return 'This password is on a list of common passwords; choose another'
  if (new Set(lower).size < 5) return 'Use more different characters'
  if (email && lower.includes(email.split('@')[0] ?? email)) return 'The password contains your e-mail address; choose another'
  return null
}

/** argon2id in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

let decoy: Promise<string> | undefined

/** Checks in constant work: without a stored hash it checks against a decoy, so that time tells nothing. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a decoy that nobody uses')
  const matches = await verify(stored ?? (await decoy), password.slice(0, PASSWORD_MAX)).catch(() => false)
  return stored !== null && matches
}
