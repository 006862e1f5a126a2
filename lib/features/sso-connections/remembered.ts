import 'server-only'
import { cookies } from 'next/headers'
import { isSecureSite, sessionCookieOptions } from '@/lib/access/principals/session-cookie'
import { seal, unseal } from '@/lib/secrets'

const nameOf = (word: string): string => `${isSecureSite() ? '__Host-' : ''}gatehouse.${word}`

const ADDRESS_SECONDS = 10 * 60
const METHOD_SECONDS = 90 * 24 * 3600

/** Notes the address between the two steps of signing in; sealed, so that it is not lying about. */
export async function rememberAddress(email: string): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf('address'), seal(email), { ...sessionCookieOptions(), maxAge: ADDRESS_SECONDS })
}

/** The address of the step before; null when there was none or it was long ago. */
export async function rememberedAddress(): Promise<string | null> {
  const value = (await cookies()).get(nameOf('address'))?.value
  try {
    return value ? unseal(value) : null
  } catch {
    return null
  }
}

/** Notes how this browser signed in: a connection, or with an empty text a password. */
export async function rememberMethod(connectionId: string): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf('method'), connectionId, { ...sessionCookieOptions(), maxAge: METHOD_SECONDS })
}

/** The connection through which this browser signed in last. */
export const rememberedMethod = async (): Promise<string | undefined> => (await cookies()).get(nameOf('method'))?.value
