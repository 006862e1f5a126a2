'use client'
import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useParams, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useRowMenu, prepareRowMenu } from '@/components/data-table/row-menu'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { findTreePathAction } from '@/lib/features/resources/actions'
import type { Tree } from '@/lib/features/resources/tree'
import { removeResource, type DeedSubject } from './resource-deeds'
import { resourceMenu, type NameRules } from './resource-menu'
import { askFor } from './resource-requests'
import type { TreeLine } from './tree-lines'
import { TreeView } from './tree-view'
import { useTreeDrag } from './use-tree-drag'
import { useTreeLevels } from './use-tree-levels'

type NodeLine = Extract<TreeLine, { kind: 'node' }>

export type ResourceTreeProps = {
  org: string
  label: string
  tree: Tree
  nameRules: NameRules
  parentsOf: Readonly<Record<string, readonly string[]>>
}

/** The organization's tree: goes to a resource, and moves by dragging, or by cutting and pasting with the keys everybody knows. */
export function ResourceTree({ org, label, tree, nameRules, parentsOf }: ResourceTreeProps) {
  const router = useRouter()
  const rootId = tree.root.id
  const menu = useRowMenu()
  const { lines, toggle, more, reveal } = useTreeLevels(org, tree)
  const { resourceId } = useParams<{ resourceId?: string }>()
  const selectedId = resourceId === undefined ? rootId : decodeURIComponent(resourceId)
  const [cut, setCut] = useState<DeedSubject | null>(null)
  const drag = useTreeDrag({ lines, parentsOf, onOpen: (id) => void toggle(id) })
  const hrefOf = (id: string) => (id === rootId ? `/${org}/folders` : `/${org}/folders/${id}`)
  const isShown = lines.some(({ id }) => id === selectedId)

  // Looked at when one goes elsewhere only: a node that is hidden again by hand stays hidden until then.
  const show = useEffectEvent(async (id: string, isCurrent: () => boolean) => {
    if (isShown) return
    const result = await findTreePathAction(org, { id })
    if (isCurrent() && result.ok) reveal(result.value)
  })
  useEffect(() => {
    let isCurrent = true
    void show(selectedId, () => isCurrent)
    return () => {
      isCurrent = false
    }
  }, [selectedId])

  const leave = (gone: DeedSubject, parentId: string | null) => {
    if (gone.id === selectedId) router.push(toRoute(hrefOf(parentId ?? rootId)))
  }
  const itemsOf = (line: NodeLine) => resourceMenu({ org, nameRules, onDeleted: (gone) => leave(gone, line.parentId) }, line.node)
  const showMenu = (line: NodeLine, anchor: HTMLElement, byKey: boolean) =>
    menu.show({ rowId: line.id, anchor, byKey, label: `Actions for ${line.node.name}`, items: itemsOf(line) })

  function paste({ node }: NodeLine) {
    if (!cut) return
    setCut(null)
    askFor({ kind: 'move', resource: { id: cut.id, type: cut.type, name: cut.name }, to: { id: node.id, name: node.name } })
  }
  function cutNode({ node }: NodeLine) {
    if (node.denied.move !== null) return toast({ kind: 'error', title: `${node.name} cannot be moved`, description: node.denied.move })
    setCut(node)
  }
  function onKey(event: KeyboardEvent, line: NodeLine): boolean {
    const { node } = line
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key.toLowerCase() === 'x') cutNode(line)
    else if (isCommand && event.key.toLowerCase() === 'v' && cut) paste(line)
    else if (event.key === 'Escape' && cut) setCut(null)
    else if (event.key === 'F2' && node.denied.rename === null) askFor({ kind: 'rename', resource: { id: node.id, type: node.type, name: node.name }, rule: nameRules[node.type] ?? { pattern: null, text: null } })
    else if (event.key === 'Delete' && node.denied.delete === null) removeResource(org, node, () => leave(node, line.parentId))
    else if ((event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) && event.target instanceof HTMLElement) showMenu(line, event.target, true)
    else return false
    return true
  }
  const linkOf = ({ node }: NodeLine) => (
    <Link href={toRoute(hrefOf(node.id))} prefetch={false} tabIndex={-1} draggable={false} onClick={(event: MouseEvent) => event.stopPropagation()}>
      {node.name}
    </Link>
  )
  const buttonOf = (line: NodeLine) =>
    line.id === rootId ? null : (
      <button
        type="button"
        className="tree-menu"
        tabIndex={-1}
        aria-label={`Actions for ${line.node.name} in the tree`}
        aria-haspopup="menu"
        aria-expanded={menu.openFor === line.id}
        onPointerEnter={prepareRowMenu}
        onClick={(event) => {
          event.stopPropagation()
          showMenu(line, event.currentTarget, event.detail === 0)
        }}
      >
        <Ellipsis aria-hidden="true" />
      </button>
    )
  return (
    <>
      <TreeView
        label={label}
        lines={lines}
        selectedId={selectedId}
        cutId={cut?.id ?? null}
        onOpen={({ id }) => router.push(toRoute(hrefOf(id)))}
        onToggle={(id) => void toggle(id)}
        onMore={({ parentId, cursor }) => void more(parentId, cursor)}
        onKey={onKey}
        drag={drag}
        labelOf={linkOf}
        afterOf={buttonOf}
      />
      <p role="status" className="tree-note">
        {cut ? `${cut.name} is cut. Go to its new place and press Ctrl+V, or Escape to leave it.` : ''}
      </p>
      {menu.element}
    </>
  )
}
