import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

type Claims = Record<string, unknown>

/** A provider on loopback whose answers a test can spoil. */
export type TestProvider = {
  issuer: string
  /** Goes through the sign-in there, as a browser would: the address it is sent back to. */
  authorize: (url: string, claims: Claims, spoil?: Spoil) => URL
  close: () => Promise<void>
}

/** What to do wrong. */
export type Spoil = { claims?: Claims; algorithm?: 'none' | 'foreign'; expiresAt?: string; answer?: Record<string, string | null>; /** Times the code is accepted. */ uses?: number }

type Grant = { claims: Claims; spoil: Spoil; challenge: string; clientId: string; nonce: string; uses: number }

const bodyOf = async (request: AsyncIterable<Buffer>): Promise<URLSearchParams> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : 0)
  }))

export async function startTestProvider(): Promise<TestProvider> {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const grants = new Map<string, Grant>()
  let issuer = ''

  async function tokenOf({ claims, spoil, clientId, nonce }: Grant): Promise<string> {
    const payload: Claims = { iss: issuer, aud: clientId, nonce, ...claims, ...spoil.claims }
    if (spoil.algorithm === 'none') {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const now = Math.floor(Date.now() / 1000)
      return `${part({ alg: 'none' })}.${part({ ...payload, iat: now, exp: now + 300 })}.`
    }
    const token = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one' }).setIssuedAt(spoil.expiresAt === undefined ? undefined : new Date(Date.now() - 3600_000))
    return token.setExpirationTime(spoil.expiresAt ?? '5m').sign(spoil.algorithm === 'foreign' ? foreign.privateKey : own.privateKey)
  }

  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    const path = request.url ?? ''
    void (async () => {
      if (path.startsWith('/.well-known/')) return answer(200, { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] })
      if (path === '/keys') return answer(200, { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] })
      const form = await bodyOf(request)
      const grant = grants.get(form.get('code') ?? '')
      const isProven = grant?.challenge === createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
      if (!grant || !isProven || grant.uses-- < 1) return answer(400, { error: 'invalid_grant' })
      return answer(200, { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token: await tokenOf(grant) })
    })()
  })
  issuer = `http://127.0.0.1:${await listening(server)}`
  return {
    issuer,
    authorize: (url, claims, spoil = {}) => {
      const asked = new URL(url).searchParams
      const code = randomUUID()
      grants.set(code, { claims, spoil, challenge: asked.get('code_challenge') ?? '', clientId: asked.get('client_id') ?? '', nonce: asked.get('nonce') ?? '', uses: spoil.uses ?? 1 })
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()
      for (const [name, value] of Object.entries(spoil.answer ?? {})) {
        if (value === null) back.searchParams.delete(name)
        else back.searchParams.set(name, value)
      }
      return back
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
