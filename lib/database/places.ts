import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { projectRoot } from '@/lib/database/project-root'
import { StartError } from '@/lib/database/start-error'

/** Where root keeps what PostgreSQL's unprivileged user must reach. */
const SYSTEM_FOLDER = '/var/lib/gatehouse'

export type Places = {
  /** Cluster, its state, its log, the secret key. Made if missing. */
  dataDir: string
  /** Where PostgreSQL's programs are copied to; `null` when they can be used where npm put them. */
  binariesDir: string | null
}

export const isRoot = () => process.getuid?.() === 0

/**
 * Where the embedded database lives: `GATEHOUSE_DATA_DIR` when given; else `<project>/.gatehouse`, or for root a
 * folder of this checkout below `/var/lib/gatehouse`, since PostgreSQL never runs as root and its own user
 * often can't enter the checkout.
 *
 * @throws StartError when the folder can't be made
 */
export function dataPlaces(dataDir: string | undefined): Places {
  const given = dataDir ? resolve(dataDir) : undefined
  if (!isRoot()) return { dataDir: make(given ?? join(projectRoot(), '.gatehouse'), 0o700), binariesDir: null }
  if (given) return { dataDir: make(given, 0o711), binariesDir: given }
  make(SYSTEM_FOLDER, 0o755)
  return { dataDir: make(join(SYSTEM_FOLDER, checkoutName()), 0o711), binariesDir: SYSTEM_FOLDER }
}

/** Two checkouts never share data by accident: the name carries a hash of the checkout's path. */
function checkoutName() {
  const root = realpathSync(projectRoot())
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8)
  return `${basename(root).replace(/[^\w-]+/g, '-') || 'checkout'}-${hash}`
}

function make(folder: string, mode: number) {
  try {
    mkdirSync(folder, { recursive: true, mode })
    return realpathSync(folder) // one folder, one name, whatever links lead to it
  } catch (error) {
    throw new StartError(
      `Gatehouse keeps its database in ${folder} and can't make that folder (${reason(error)}). ` +
        'Set GATEHOUSE_DATA_DIR to a folder you may write to, or DATABASE_URL to a PostgreSQL of your own.',
    )
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
