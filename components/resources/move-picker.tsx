'use client'
import { useEffect, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { useServerSearch } from '@/components/ui/use-server-search'
import { findTreeAction, searchMoveTargetsAction } from '@/lib/features/resources/actions'
import type { Place } from '@/lib/features/resources/rules'
import type { Tree, TreeNode } from '@/lib/features/resources/tree'
import type { TreeLine } from './tree-lines'
import { TreeView } from './tree-view'
import { useTreeLevels } from './use-tree-levels'

type Target = Pick<Place, 'id' | 'name'>
type Found = TreeNode & { trail: string }
type PickerProps = { org: string; resource: Place; onPick: (target: Target) => void; onCancel: () => void }

const NONE: readonly Found[] = []
const reasonOf = (line: Extract<TreeLine, { kind: 'node' }>) => line.node.refusal

/** What was found, as lines of a tree of one level. */
const linesOf = (found: readonly Found[]): TreeLine[] =>
  found.map((node, index) => ({ kind: 'node', id: node.id, node: { ...node, isBranch: false }, parentId: null, depth: 1, position: index + 1, size: found.length, isOpen: false }))

function Branches({ org, resource, tree, onPick }: Omit<PickerProps, 'onCancel'> & { tree: Tree }) {
  const { lines, toggle, more } = useTreeLevels(org, tree, resource.id)
  return (
    <TreeView
      label="Places to move to"
      lines={lines}
      selectedId={null}
      disabledReason={reasonOf}
      onOpen={({ node }) => onPick(node)}
      onToggle={(id) => void toggle(id)}
      onMore={({ parentId, cursor }) => void more(parentId, cursor)}
    />
  )
}

/** The whole tree, read when the dialog opens. */
function useTree(org: string, movingId: string): { tree: Tree | null; failure: string | null } {
  const [state, setState] = useState<{ tree: Tree | null; failure: string | null }>({ tree: null, failure: null })
  useEffect(() => {
    let isCurrent = true
    void findTreeAction(org, { movingId }).then((result) => {
      if (isCurrent) setState(result.ok ? { tree: result.value, failure: null } : { tree: null, failure: refusalText(result.refusal) })
    })
    return () => {
      isCurrent = false
    }
  }, [org, movingId])
  return state
}

/** Chooses where something goes, in the tree or by a text; places where it cannot go are there with the reason. */
export function MovePicker({ org, resource, onPick, onCancel }: PickerProps) {
  const { tree, failure } = useTree(org, resource.id)
  const [text, setText] = useState('')
  const { found, failed, pending, ask, forget } = useServerSearch(NONE, async (q) => {
    const result = await searchMoveTargetsAction(org, { movingId: resource.id, q })
    if (!result.ok) throw new Error(result.refusal.message)
    return result.value
  })
  const isSearching = text.trim() !== ''

  function type(next: string) {
    setText(next)
    if (next.trim() === '') forget()
    else ask(next)
  }
  return (
    <>
      <DialogBody>
        <div className="grid gap-3">
          <Input type="search" aria-label="Search places" placeholder="Search by name, path or id" value={text} onChange={(event) => type(event.currentTarget.value)} autoComplete="off" spellCheck={false} />
          {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
          <div className="tree-frame">
            {isSearching ? (
              <>
                <TreeView
                  label="Found places"
                  lines={linesOf(found)}
                  selectedId={null}
                  disabledReason={reasonOf}
                  onOpen={({ node }) => onPick(node)}
                  onToggle={() => undefined}
                  onMore={() => undefined}
                  afterOf={({ id }) => <span className="tree-trail">{found.find((each) => each.id === id)?.trail}</span>}
                />
                <p role="status" className="tree-note">{failed ? 'The search did not answer. Type again to retry.' : pending ? 'Searching' : found.length === 0 ? 'Nothing found.' : ''}</p>
              </>
            ) : tree ? (
              <Branches org={org} resource={resource} tree={tree} onPick={onPick} />
            ) : (
              <Skeleton className="h-24 w-full" />
            )}
          </div>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
      </DialogFooter>
    </>
  )
}
