import { Client, Pool } from 'pg'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { processWide } from '@/lib/process-state'
import { loadIndex, refreshIndex, type AccessIndex } from './access-index'
import { readRows, type KnownRows } from './rows-from-database'

const POLL_MS = 1500
/** Without a confirmed version for this long a process answers no decisions: better none than an old one. */
const CONFIRM_LIMIT_MS = 5000
const WAIT_MS = 1000

type Entry = { index: AccessIndex; confirmedAt: number }

const unavailable = (message: string) => new AppError('unavailable', message, { retryAfterSeconds: 1 })

/** The organizations' indexes of this process, kept up with the database. */
export class IndexStore {
  private readonly entries = new Map<string, Entry>()
  private readonly running = new Map<string, Promise<AccessIndex | null>>()
  private readonly pool: Pool
  private listener: Client | null = null
  private timer: NodeJS.Timeout | undefined
  private isFollowing = false

  constructor(private readonly url: string) {
    this.pool = new Pool({ connectionString: url, max: 3, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 5000 })
    this.pool.on('error', () => undefined)
  }

  /** The index as it is in memory, for decisions without a query. @throws AppError `unavailable` when its age is unknown */
  current(organizationId: string): AccessIndex | null {
    const entry = this.entries.get(organizationId)
    if (!entry) return null
    if (this.isFollowing && Date.now() - entry.confirmedAt <= CONFIRM_LIMIT_MS) return entry.index
    return null
  }

  /**
   * The index, at least of this version (0: of now, as far as this process knows), loading or following when needed.
   *
   * @throws AppError `not-found` without such an organization, `unavailable` when the version does not come within a second
   */
  async atLeast(organizationId: string, version: number): Promise<AccessIndex> {
    const ready = version === 0 ? this.current(organizationId) : (this.entries.get(organizationId)?.index ?? null)
    if (ready && ready.snapshot.version >= version) return ready
    const deadline = Date.now() + WAIT_MS
    do {
      const index = await this.refresh(organizationId)
      if (index === null) throw new AppError('not-found', 'no such organization')
      if (index.snapshot.version >= version) return index
      await new Promise((resolve) => setTimeout(resolve, 20))
    } while (Date.now() < deadline)
    throw unavailable(`version ${version} has not been seen yet`)
  }

  /** Reads what changed; calls for the same organization share one reading that began after they asked. */
  private async refresh(organizationId: string): Promise<AccessIndex | null> {
    const before = this.running.get(organizationId)
    if (before) await before.catch(() => null)
    const shared = this.running.get(organizationId)
    if (shared) return shared
    const reading = this.read(organizationId).finally(() => this.running.delete(organizationId))
    this.running.set(organizationId, reading)
    return reading
  }

  private async read(organizationId: string): Promise<AccessIndex | null> {
    const asked = Date.now()
    const client = await this.pool.connect()
    try {
      const known = this.entries.get(organizationId)?.index
      const index = known ? await refreshIndex(client, known) : await loadIndex(client, organizationId)
      if (index === null) this.entries.delete(organizationId)
      else this.entries.set(organizationId, { index, confirmedAt: asked })
      return index
    } finally {
      client.release()
    }
  }

  /** The rows of an organization as they are committed now, for trying out what would come of a change. @throws AppError `not-found` */
  async rows(organizationId: string): Promise<KnownRows> {
    const client = await this.pool.connect()
    try {
      const loaded = await readRows(client, organizationId)
      if (loaded === null) throw new AppError('not-found', 'no such organization')
      return loaded.rows
    } finally {
      client.release()
    }
  }

  /** Listens and polls until stopped: a change is seen within milliseconds, or 1.5 s when the listening connection is cut. */
  start(): { stop: () => Promise<void> } {
    this.isFollowing = true
    void this.listen()
    const poll = async () => {
      await this.poll().catch(() => undefined)
      if (this.isFollowing) this.timer = setTimeout(() => void poll(), POLL_MS)
    }
    void poll()
    return {
      stop: async () => {
        this.isFollowing = false
        clearTimeout(this.timer)
        await this.listener?.end().catch(() => undefined)
        await this.pool.end()
      },
    }
  }

  private async poll(): Promise<void> {
    if (this.listener === null) void this.listen()
    const ids = [...this.entries.keys()]
    if (ids.length === 0) return
    const asked = Date.now()
    const { rows } = await this.pool.query<{ id: string; version: string }>(
      'SELECT "id", "accessVersion"::text AS version FROM "Organization" WHERE "id" = ANY($1)', [ids],
    )
    const versions = new Map(rows.map(({ id, version }) => [id, Number(version)]))
    for (const [id, entry] of this.entries) {
      if (versions.get(id) === entry.index.snapshot.version) entry.confirmedAt = asked
      else await this.refresh(id)
    }
  }

  private async listen(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true })
    this.listener = client
    const lost = () => {
      if (this.listener === client) this.listener = null
    }
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ payload = '' }) => {
      const [organizationId = '', version] = payload.split(':')
      const entry = this.entries.get(organizationId)
      if (entry && entry.index.snapshot.version < Number(version)) void this.refresh(organizationId).catch(() => undefined)
    })
    try {
      await client.connect()
      await client.query('LISTEN gatehouse_access')
    } catch (err) {
      lost()
      log().debug({ err }, 'cannot listen for changes of access; polling goes on')
    }
  }
}

/** One a process and database. */
export const indexStore = (): IndexStore => processWide(`access-index.${env().DATABASE_URL}`, () => new IndexStore(env().DATABASE_URL))
