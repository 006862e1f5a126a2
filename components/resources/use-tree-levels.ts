'use client'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/boundary/result'
import { findTreeAction, listTreeLevelsAction } from '@/lib/features/resources/actions'
import type { Tree, TreeLevel } from '@/lib/features/resources/tree'
import { linesOf, type Levels } from './tree-lines'
import { onTreeVersion, treeVersion } from './tree-version'

const withLevels = (levels: Levels, fresh: readonly TreeLevel[]): Levels => new Map([...levels, ...fresh.map((level): [string, TreeLevel] => [level.parentId, level])])

/** The levels of an answer; a refusal is told. */
function levelsOf(result: ActionResult<TreeLevel[]>): TreeLevel[] {
  if (result.ok) return result.value
  toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  return []
}

const OPEN_MAX = 200

/**
 * A tree of which levels are read as they are opened. When a page tells of a newer version, all that is open is read
 * anew.
 *
 * @param movingId tells of every node why this resource could not be moved there
 */
export function useTreeLevels(org: string, given: Tree, movingId?: string) {
  const rootId = given.root.id
  const [{ root, version }, setTop] = useState<Pick<Tree, 'root' | 'version'>>(given)
  const [levels, setLevels] = useState<Levels>(() => withLevels(new Map(), given.levels))
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([rootId]))
  const newest = useSyncExternalStore(onTreeVersion, treeVersion, () => null)
  const moving = useMemo(() => (movingId === undefined ? {} : { movingId }), [movingId])

  useEffect(() => {
    if (newest === null || Number(newest) <= Number(version)) return
    let isCurrent = true
    void findTreeAction(org, { openIds: [...open].slice(0, OPEN_MAX), ...moving }).then((result) => {
      if (!isCurrent || !result.ok) return
      setTop(result.value)
      setLevels((before) => withLevels(before, result.value.levels))
    })
    return () => {
      isCurrent = false
    }
  }, [org, newest, version, open, moving])

  const read = (parentId: string, cursor?: string) => listTreeLevelsAction(org, { parentIds: [parentId], ...(cursor !== undefined && { cursor }), ...moving })

  async function toggle(id: string) {
    if (open.has(id)) return setOpen(new Set([...open].filter((each) => each !== id)))
    setOpen(new Set([...open, id]))
    // Known already, it is shown at once and brought up to date meanwhile.
    const fresh = levelsOf(await read(id))
    setLevels((before) => withLevels(before, fresh))
  }
  async function more(parentId: string, cursor: string) {
    const [next] = levelsOf(await read(parentId, cursor))
    if (!next) return
    setLevels((before) => {
      const level = before.get(parentId)
      return withLevels(before, [{ ...next, nodes: [...(level?.nodes ?? []), ...next.nodes] }])
    })
  }
  /** Shows levels that were read elsewhere, opened. */
  const reveal = useCallback((fresh: readonly TreeLevel[]) => {
    setLevels((before) => withLevels(before, fresh))
    setOpen((before) => new Set([...before, ...fresh.map(({ parentId }) => parentId)]))
  }, [])
  const lines = useMemo(() => linesOf(root, levels, open), [root, levels, open])
  return { lines, toggle, more, reveal }
}
