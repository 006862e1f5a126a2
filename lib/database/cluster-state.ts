import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from '@/lib/database/start-error'

const State = z.object({
  /** 0 until the first start. */
  port: z.number().int().min(0).max(65_535),
  /** In the title of every process of this cluster. */
  clusterName: z.string().regex(/^[\w-]{1,40}$/),
  adminPassword: z.string().min(20),
  password: z.string().min(20),
  /** The application's role and database exist. */
  prepared: z.boolean(),
})

/** What we must remember about a cluster beside what PostgreSQL keeps; written to a file only its owner reads. */
export type ClusterState = z.infer<typeof State>

const file = (dataDir: string) => join(dataDir, 'state.json')

export const newState = (): ClusterState => ({
  port: 0,
  clusterName: `gatehouse-${randomBytes(4).toString('hex')}`,
  adminPassword: randomBytes(24).toString('base64url'),
  password: randomBytes(24).toString('base64url'),
  prepared: false,
})

/**
 * @returns `null` when there is no state, or none that can be used (then the passwords are set anew)
 * @throws StartError when another user's state is in the way
 */
export function readState(dataDir: string): ClusterState | null {
  if (!existsSync(file(dataDir))) return null
  try {
    return State.parse(JSON.parse(readFileSync(file(dataDir), 'utf8')))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) return null
    throw new StartError(
      `${file(dataDir)} belongs to another user. Start Gatehouse as that user, or set GATEHOUSE_DATA_DIR to a folder of your own.`,
    )
  }
}

/** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
export function writeState(dataDir: string, state: ClusterState) {
  const draft = `${file(dataDir)}.new`
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file(dataDir))
}
