import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { PLAIN_ENVIRONMENT } from '@/lib/database/plain-environment'
import { isRoot } from '@/lib/database/places'
import { StartError } from '@/lib/database/start-error'

/** Whom PostgreSQL runs as; `null`: as ourselves. */
export type Owner = { uid: number; gid: number } | null

const OWN_USER = 'gatehouse'

/**
 * PostgreSQL refuses to run as root. Root therefore runs it as the cluster's owner, and a new cluster as the user
 * `gatehouse` (made when missing), or as `postgres` or `nobody` where no user can be made.
 *
 * @param clusterDir looked at for its owner, when it exists
 * @throws StartError when root finds no such user
 */
export function clusterOwner(clusterDir: string): Owner {
  if (!isRoot()) return null
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir)
    if (uid !== 0) return { uid, gid }
  }
  const found = look(OWN_USER) ?? makeOwnUser() ?? look('postgres') ?? look('nobody')
  if (found) return found
  throw new StartError(
    'PostgreSQL does not run as root, and there is no unprivileged user to run it as. ' +
      `Make one with \`useradd --system ${OWN_USER}\`, start Gatehouse as an ordinary user, or set DATABASE_URL.`,
  )
}

function makeOwnUser() {
  const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
  spawnSync('useradd', ['--system', '--user-group', ...home, OWN_USER], { env: PLAIN_ENVIRONMENT, stdio: 'ignore' })
  return look(OWN_USER) // also when another start made it at the same moment
}

function look(user: string): Owner {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { env: PLAIN_ENVIRONMENT, encoding: 'utf8' }).stdout || NaN)
  const owner = { uid: id('-u'), gid: id('-g') }
  return owner.uid > 0 && owner.gid > 0 ? owner : null
}

/**
 * Fails early, and in plain words, when the owner can't enter a folder because one above it is closed.
 *
 * @throws StartError naming the closed folder
 */
export function checkReachable(folder: string, owner: Owner) {
  for (let at = folder; owner !== null; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0)
      throw new StartError(
        `PostgreSQL runs as an unprivileged user (number ${owner.uid}), who may not enter ${at}. ` +
          'Set GATEHOUSE_DATA_DIR to a folder outside it, or leave it unset.',
      )
    if (at === dirname(at)) return
  }
}
