import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { makeTestIdp, type TestIdp } from './saml-responses'

/** The part of `samlp` that is used; it was made for Express and brings no types. */
type Handler = (req: unknown, res: unknown, next: (error?: Error) => void) => void
type Samlp = { auth: (options: Record<string, unknown>) => Handler }

const samlp: Samlp = createRequire(import.meta.url)('samlp')

export type Person = { email: string; name: string; groups: readonly string[] }

const GROUPS = 'http://schemas.xmlsoap.org/claims/Group'
const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

/** Claims as directories of the wider world name them. */
const profileOf = ({ email, name, groups }: Person) => () => ({
  getClaims: () => ({ [`${CLAIMS}emailaddress`]: email, [`${CLAIMS}name`]: name, [GROUPS]: [...groups] }),
  getNameIdentifier: () => ({ nameIdentifier: email }),
})

/** Enough of Express around a node request for the middleware. */
function answerWith(handler: Handler, req: IncomingMessage, res: ServerResponse): void {
  const url = new URL(req.url ?? '/', 'http://idp.invalid')
  const request = { method: req.method, url: req.url, originalUrl: req.url, headers: req.headers, query: Object.fromEntries(url.searchParams), body: {}, user: {} }
  const answer = { set: (name: string, value: string) => res.setHeader(name, value), send: (body: unknown) => res.end(typeof body === 'number' ? String(body) : body) }
  handler(request, answer, (error) => res.writeHead(500).end(error?.message ?? 'no answer'))
}

/**
 * An identity provider on loopback that signs the same person in whoever comes, and checks that requests are signed.
 *
 * @param acsUrl where it posts its responses
 * @param signingCert our certificate, PEM
 */
export async function startSamlIdp(person: Person, service: () => { acsUrl: string; signingCert: string }): Promise<{ idp: TestIdp; stop: () => Promise<void> }> {
  const made: { idp?: TestIdp } = {}
  const server = createServer((req, res) => {
    const { idp } = made
    if (!idp) return void res.writeHead(503).end()
    const { acsUrl, signingCert } = service()
    const handler = samlp.auth({
      issuer: idp.entityId, cert: idp.certificate, key: idp.privateKey, getPostURL: (_audience: string, _request: unknown, _req: unknown, done: (error: null, url: string) => void) => done(null, acsUrl),
      recipient: acsUrl, destination: acsUrl, signatureAlgorithm: 'rsa-sha256', digestAlgorithm: 'sha256', lifetimeInSeconds: 300, profileMapper: profileOf(person), signingCert,
    })
    answerWith(handler, req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  made.idp = await makeTestIdp(`${origin}/metadata`, `${origin}/sso`)
  return { idp: made.idp, stop: () => new Promise((resolve) => void server.close(() => resolve())) }
}
