import { createServer, request, Agent, type IncomingHttpHeaders, type Server } from 'node:http'
import { makeDecisionDoor, type DoorSettings } from '@/lib/api/decisions/door'
import { makeOauthDoor, type OauthSettings } from '@/lib/api/oauth/door'
import { ownAddresses } from '@/lib/server/entrance-rules'
import { makeFront } from '@/lib/server/front'

export type DecisionReply = { status: number; headers: IncomingHttpHeaders; text: string; body: unknown }
export type DecisionCall = { key?: { secret: string } | undefined; body?: unknown; headers?: Record<string, string>; method?: string }
export type DecisionServer = { port: number; ask: (path: string, call?: DecisionCall) => Promise<DecisionReply>; close: () => Promise<void> }

const listen = (server: Server) => new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : 0)
  })
})

/** The doors of decisions and OAuth behind the real front, on a free port of this machine. */
export async function startDecisions(settings: DoorSettings & OauthSettings = {}): Promise<DecisionServer> {
  const server = createServer()
  const port = await listen(server)
  const front = makeFront({
    isDevelopment: false, isHttps: false, own: ownAddresses(new URL(`http://127.0.0.1:${port}`), true), trusted: () => false,
    isDraining: () => false, decisions: makeDecisionDoor(settings), oauth: makeOauthDoor(settings),
    api: (_req, res) => void res.end('another door'), scim: (_req, res) => void res.end('another door'), pages: async (_req, res) => void res.end('a page'),
  })
  server.on('request', front)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })

  const ask = (path: string, { key, body, headers = {}, method = 'POST' }: DecisionCall = {}) => new Promise<DecisionReply>((resolve, reject) => {
    const sent = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const all = { ...(key && { authorization: `Bearer ${key.secret}` }), ...(method === 'POST' && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }), ...headers }
    const outgoing = request({ host: '127.0.0.1', port, path, method, agent, headers: all }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const isJson = res.headers['content-type'] === 'application/json' && text !== ''
        const parsed: unknown = isJson ? JSON.parse(text) : null
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, body: parsed })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(Buffer.from(sent))
  })
  return {
    port, ask,
    close: () => new Promise((resolve) => {
      agent.destroy()
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
