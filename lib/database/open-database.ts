import { openCluster } from '@/lib/database/cluster'
import { dataPlaces } from '@/lib/database/places'

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
 * @throws StartError when the embedded one can't run here
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, isEmbedded: false, close: () => Promise.resolve() }
  const cluster = await openCluster(dataPlaces(settings.dataDir))
  return { url: cluster.url, isEmbedded: true, close: cluster.close }
}
