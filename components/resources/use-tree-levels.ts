'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/boundary/result'
import { listTreeLevelsAction } from '@/lib/features/resources/actions'
import type { TreeLevel, TreeNode } from '@/lib/features/resources/tree'
import { linesOf, type Levels } from './tree-lines'

export type TreeTop = { root: TreeNode; level: TreeLevel }

const withLevels = (levels: Levels, fresh: readonly TreeLevel[]): Levels => new Map([...levels, ...fresh.map((level): [string, TreeLevel] => [level.parentId, level])])

/** The levels of an answer; a refusal is told. */
function levelsOf(result: ActionResult<TreeLevel[]>): TreeLevel[] {
  if (result.ok) return result.value
  toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  return []
}

/**
 * The levels of a tree that have been opened, read as they are needed. When the page's data is read anew, so are those
 * that are open.
 *
 * @param movingId tells of every node why this resource could not be moved there
 */
export function useTreeLevels(org: string, top: TreeTop, movingId?: string) {
  const rootId = top.root.id
  const [levels, setLevels] = useState<Levels>(() => new Map([[rootId, top.level]]))
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([rootId]))
  const [known, setKnown] = useState(top)
  if (known !== top) {
    setKnown(top)
    setLevels(withLevels(levels, [top.level]))
  }
  const read = useCallback(
    (parentIds: readonly string[], cursor?: string) => listTreeLevelsAction(org, { parentIds: [...parentIds], ...(cursor !== undefined && { cursor }), ...(movingId !== undefined && { movingId }) }),
    [org, movingId],
  )
  const opened = [...open].filter((id) => id !== rootId).join(' ')
  useEffect(() => {
    if (opened === '') return
    let isCurrent = true
    // Many levels open at once are read in turns of what one call takes.
    void read(opened.split(' ').slice(0, 100)).then((result) => {
      if (isCurrent && result.ok) setLevels((before) => withLevels(before, result.value))
    })
    return () => {
      isCurrent = false
    }
    // Only when the page's own data is new; what is opened by hand is read when it is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [known])

  async function toggle(id: string) {
    if (open.has(id)) return setOpen(new Set([...open].filter((each) => each !== id)))
    setOpen(new Set([...open, id]))
    if (levels.has(id)) return
    const fresh = levelsOf(await read([id]))
    setLevels((before) => withLevels(before, fresh))
  }
  async function more(parentId: string, cursor: string) {
    const [next] = levelsOf(await read([parentId], cursor))
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
  const lines = useMemo(() => linesOf(top.root, levels, open), [top.root, levels, open])
  return { lines, toggle, more, reveal }
}
