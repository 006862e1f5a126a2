import { constants } from 'node:os'
import { type Cluster, openCluster } from '@/lib/database/cluster'
import { dataPlaces } from '@/lib/database/places'

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type DatabaseSettings = {
  /** `DATABASE_URL`: the administrator's own PostgreSQL. */
  databaseUrl?: string | undefined
  /** `GATEHOUSE_DATA_DIR`: where the embedded one lives instead of its usual place. */
  dataDir?: string | undefined
}

export type OpenDatabase = {
  /** Where to connect to, with password: never log it. */
  url: string
  /** `true` when it is the PostgreSQL that Gatehouse brought along. */
  isEmbedded: boolean
  /** To be called last at shutdown, after the pool has ended. The last process that uses it stops PostgreSQL. */
  close: () => Promise<void>
}

/**
 * The database to use: the one at `DATABASE_URL`, of which nothing is checked here, or else the embedded
 * PostgreSQL, started when it does not run yet.
 *
 * A signal that would end the process (Ctrl-C) leaves the embedded one first, unless the program listens for that
 * signal too, and then it is the program's business. A process that ends without `close` tells PostgreSQL to stop.
 *
 * @throws StartError when the embedded one can't run here
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, isEmbedded: false, close: () => Promise.resolve() }
  const forget = leaveOnSignals(() => opening)
  const opening = Promise.resolve().then(() => openCluster(dataPlaces(settings.dataDir)))
  const cluster = await opening
  process.once('exit', cluster.closeAtExit)
  return {
    url: cluster.url,
    isEmbedded: true,
    close: async () => {
      await cluster.close()
      process.off('exit', cluster.closeAtExit)
      forget()
    },
  }
}

function leaveOnSignals(opening: () => Promise<Cluster>) {
  const handlers = ENDING.map((signal) => {
    const handler = () => {
      if (process.listenerCount(signal) > 1) return
      const end = () => process.exit(128 + constants.signals[signal])
      opening().then((cluster) => cluster.close()).then(end, end)
    }
    process.on(signal, handler)
    return () => void process.off(signal, handler)
  })
  return () => handlers.forEach((remove) => remove())
}
