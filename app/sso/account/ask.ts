import NextAuth from 'next-auth'
import { cookies } from 'next/headers'
import { NextRequest } from 'next/server'
import { absoluteUrl } from '@/lib/env'
import { authOptions } from '@/lib/features/accounts/next-auth'
import type { NextAuthOptions } from 'next-auth'

/** Asks NextAuth as a browser would, with the cookies of this one. */
export async function askNextAuth(request: NextRequest, words: string[], options: NextAuthOptions = authOptions()): Promise<Response> {
  const answer: unknown = await NextAuth(request, { params: Promise.resolve({ nextauth: words }) }, options)
  return answer instanceof Response ? answer : new Response(null, { status: 500 })
}

/** A token against forged requests, with its cookie put where NextAuth looks for it. */
async function freshToken(): Promise<string> {
  const answer = await askNextAuth(new NextRequest(absoluteUrl('/api/auth/csrf')), ['csrf'])
  const jar = await cookies()
  for (const cookie of answer.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';', 1)
    const at = pair.indexOf('=')
    jar.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)), authOptions().cookies?.csrfToken?.options)
  }
  const said: unknown = await answer.json()
  return typeof said === 'object' && said !== null && 'csrfToken' in said ? String(said.csrfToken) : ''
}

/**
 * Has NextAuth make a request to a provider: state, nonce and code verifier go into its cookies.
 *
 * @param more parameters of the request beside its own
 * @returns its answer, with the provider's address as `location`; null when the provider could not be reached
 */
export async function makeProviderRequest(provider: string, more: Readonly<Record<string, string>> = {}): Promise<{ url: URL; cookies: string[] } | null> {
  const body = new URLSearchParams({ csrfToken: await freshToken(), callbackUrl: absoluteUrl('/') })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const address = new URL(absoluteUrl(`/api/auth/signin/${provider}`))
  address.search = new URLSearchParams(more).toString()
  const answer = await askNextAuth(new NextRequest(address, { method: 'POST', headers, body }), ['signin', provider])
  const location = answer.headers.get('location')
  if (location === null || !URL.canParse(location) || location.startsWith(absoluteUrl('/'))) return null
  return { url: new URL(location), cookies: answer.headers.getSetCookie() }
}
