import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/features/accounts/next-auth'

type Context = { params: Promise<{ nextauth: string[] }> }

/** What NextAuth offers and nobody here uses, such as its open door for writing to our log. */
const UNUSED = new Set(['_log', 'verify-request'])

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth
  if (UNUSED.has(action)) return new Response(null, { status: 404 })
  const answer: unknown = await NextAuth(request, context, authOptions())
  return answer instanceof Response ? answer : new Response(null, { status: 500 })
}

export { handle as GET, handle as POST }
