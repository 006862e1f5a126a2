import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'

type Keys = Awaited<ReturnType<typeof generateKeyPair>>

/** An outside OIDC issuer on this machine, as a CI system has one. */
export type TestIssuer = {
  url: string
  /** Requests so far, by path. */
  asked: string[]
  /** Signs with the key of now, or with another. */
  sign: (claims: Record<string, unknown>, options?: { alg?: string; kid?: string | null; key?: CryptoKey | Uint8Array; issuer?: string }) => Promise<string>
  /** Goes on with a new key; the old one is published no more. */
  rotate: () => Promise<void>
  /** Answers a path otherwise than usual; null: as usual. */
  answer: (path: string, how: ((req: IncomingMessage, res: ServerResponse) => void) | null) => void
  close: () => Promise<void>
}

const seconds = (): number => Math.floor(Date.now() / 1000)

/** Starts one; tokens hold for five minutes unless their claims say otherwise. */
export async function startIssuer(): Promise<TestIssuer> {
  let number = 0
  let current: { kid: string; keys: Keys; jwk: JWK }
  const others = new Map<string, (req: IncomingMessage, res: ServerResponse) => void>()
  const asked: string[] = []
  let url = ''

  async function rotate(): Promise<void> {
    const keys = await generateKeyPair('ES256')
    const kid = `key-${++number}`
    current = { kid, keys, jwk: { ...(await exportJWK(keys.publicKey)), kid, alg: 'ES256', use: 'sig' } }
  }
  await rotate()

  const server = createServer((req, res) => {
    const path = req.url ?? ''
    asked.push(path)
    const other = others.get(path)
    if (other) return other(req, res)
    const json = (body: unknown) => void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (path === '/.well-known/openid-configuration') return json({ issuer: url, jwks_uri: `${url}/keys` })
    if (path === '/keys') return json({ keys: [current.jwk, { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' }] })
    res.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

  return {
    url, asked, rotate,
    sign: (claims, { alg = 'ES256', kid = current.kid, key = current.keys.privateKey, issuer = url } = {}) =>
      new SignJWT({ iss: issuer, iat: seconds(), exp: seconds() + 300, ...claims }).setProtectedHeader({ alg, ...(kid !== null && { kid }) }).sign(key),
    answer: (path, how) => void (how === null ? others.delete(path) : others.set(path, how)),
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
