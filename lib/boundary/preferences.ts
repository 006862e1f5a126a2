'use server'

import { cookies } from 'next/headers'
import { isSecureSite } from '@/lib/access/principals/session-cookie'

/** Keeps the colours this browser wants for a year. Changes nothing but its own cookie, so no permission is asked. */
export async function setThemeAction(data: FormData): Promise<void> {
  const wanted = data.get('theme')
  const theme = wanted === 'light' || wanted === 'dark' ? wanted : 'system'
  const jar = await cookies()
  jar.set('theme', theme, { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', secure: isSecureSite() })
}
