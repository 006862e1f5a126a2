import { EventEmitter } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { makeApi } from '@/lib/api/application'
import { makeScim } from '@/lib/api/scim/application'
import { makeDecisionDoor } from '@/lib/api/decisions/door'
import { makeOauthDoor } from '@/lib/api/oauth/door'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { StartError } from '@/lib/database/start-error'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { writeSightings } from '@/lib/jobs/allowlist-sightings'
import { writeRefusedAddresses } from '@/lib/jobs/refused-addresses'
import { deliverMails } from '@/lib/jobs/deliver-mail'
import { repeat, type Job } from '@/lib/jobs/repeat'
import { startSealing } from '@/lib/jobs/seal-audit'
import { sweep } from '@/lib/jobs/sweep'
import { recheckDomains } from '@/lib/jobs/recheck-domains'
import { remindCertificates } from '@/lib/jobs/remind-certificates'
import { remindEnding } from '@/lib/jobs/remind-ending'
import { suspendUnused } from '@/lib/jobs/suspend-unused'
import { writeDecisions } from '@/lib/jobs/write-decisions'
import { ensureSampleOrganization } from '@/lib/seed/sample-organization'
import { ensureSetUpLink } from '@/lib/seed/set-up-link'
import { trustedProxies } from '@/lib/server/client-address'
import { ownAddresses } from '@/lib/server/entrance-rules'
import { makeFront } from '@/lib/server/front'
import { listenOn, makeServer } from '@/lib/server/listeners'
import { securityHeaders } from '@/lib/server/security-headers'
import { makeShutdown } from '@/lib/server/shutdown'
import { announcePort, prepareEnvironment } from '@/lib/server/start-up'

// Before Node 24, V8 can abort the process when it drops optimized code during a call into WebAssembly, as Prisma and Cedar make them.
if (Number.parseInt(process.versions.node, 10) < 24) setFlagsFromString('--no-turbo-inline-js-wasm-calls')

const isDevelopment = process.env.NODE_ENV === 'development'

/** First words to whoever started an empty installation: the sample's password, or the set-up link. */
async function greet(isEmbedded: boolean): Promise<void> {
  if (isEmbedded) {
    const sample = await ensureSampleOrganization()
    if (sample) console.info(`Sample organization Acme made. Sign in as ${sample.email} with password ${sample.password} (shown once).`)
  } else {
    const link = await ensureSetUpLink()
    if (link) console.info(`No organization yet. Open this one-time link to set up: ${link}`)
  }
}

async function main(): Promise<void> {
  const database = await prepareEnvironment()
  const upgrades = new EventEmitter()
  const sockets = new Set<Socket>()
  const jobs: Job[] = []
  const settings = env()

  const entrance: { front?: RequestListener } = {}
  const listener: RequestListener = (req, res) => (entrance.front ? entrance.front(req, res) : void res.writeHead(503, { 'retry-after': '2' }).end('starting\n'))
  const servers = { v4: makeServer(listener), v6: makeServer(listener) }
  const shutdown = makeShutdown({ servers: [servers.v4, servers.v6], sockets, jobs, database })

  const port = await listenOn(servers, settings.PORT, settings.urlIsSet)
  announcePort(port)
  // Next.js adds its own upgrade listener to the server it is given; through this relay only development's reloading reaches it.
  const app = next({ dev: isDevelopment, hostname: '127.0.0.1', port, httpServer: upgrades as unknown as Server })
  for (const server of [servers.v4, servers.v6]) {
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    server.on('upgrade', (req, socket, head) => {
      if (isDevelopment && req.url?.startsWith('/_next/')) upgrades.emit('upgrade', req, socket, head)
      else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
    })
  }
  await app.prepare()
  shutdown.onClose(() => app.close())
  entrance.front = makeFront({
    isDevelopment,
    isHttps: env().publicUrl.protocol === 'https:',
    own: ownAddresses(env().publicUrl, env().urlIsSet),
    trusted: trustedProxies(env().GATEHOUSE_TRUSTED_PROXIES),
    isDraining: shutdown.isDraining,
    api: getRequestListener(makeApi().fetch),
    scim: getRequestListener(makeScim().fetch),
    decisions: makeDecisionDoor({ headers: securityHeaders(env().publicUrl.protocol === 'https:') }),
    oauth: makeOauthDoor(),
    pages: app.getRequestHandler(),
  })
  await greet(database.isEmbedded)
  jobs.push(repeat('mail', 500, deliverMails), repeat('allowlist', 1000, writeSightings), repeat('refused-addresses', 1000, writeRefusedAddresses), repeat('decisions', 5000, writeDecisions), repeat('sweep', 3600_000, sweep), repeat('suspend-unused', 15 * 60_000, suspendUnused), repeat('remind-ending', 15 * 60_000, remindEnding), repeat('remind-certificates', 3600_000, remindCertificates), repeat('recheck-domains', 15 * 60_000, recheckDomains), startSealing(), indexStore().start())
  shutdown.onClose(() => db().$disconnect())
  // What was decided since the last time is not lost by a restart.
  shutdown.onClose(writeDecisions)
  console.info(`Gatehouse is ready on ${env().publicUrl.origin}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
})
