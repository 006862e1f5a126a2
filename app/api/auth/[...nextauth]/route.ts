import type { NextRequest } from 'next/server'
import { seeOther } from '@/app/sso/saml/answers'
import { askNextAuth } from '@/app/sso/account/ask'
import { finishAtProvider } from '@/app/sso/account/finish'
import { beginPath, isAccountProvider } from '@/lib/features/account-providers/rules'

type Context = { params: Promise<{ nextauth: string[] }> }

/** What NextAuth offers and nobody here uses, such as its open door for writing to our log. */
const UNUSED = new Set(['_log', 'verify-request'])

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const words = (await context.params).nextauth
  const [action = '', provider] = words
  if (UNUSED.has(action)) return new Response(null, { status: 404 })
  if (!isAccountProvider(provider)) return askNextAuth(request, words)
  // A provider's sign-in is noted when it begins and taken up once, which NextAuth's cookies alone do not do.
  if (action === 'signin') return seeOther(beginPath(provider))
  if (action === 'callback' && request.method === 'GET') return finishAtProvider(request, provider)
  return new Response(null, { status: 404 })
}

export { handle as GET, handle as POST }
