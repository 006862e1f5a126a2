'use client'
import { useEffect, useRef, useState } from 'react'
import { beginDrag, draggedNow, endDrag } from './dragged'
import { askFor } from './resource-requests'
import type { TreeItemDrag } from './tree-item'
import { isAtOrBelow, type TreeLine } from './tree-lines'

type NodeLine = Extract<TreeLine, { kind: 'node' }>

/** A node that is held over opens after this long, so that one can go on inside it. */
const OPEN_MS = 700

type TreeDragOptions = {
  lines: readonly TreeLine[]
  /** Types under which each type may lie. */
  parentsOf: Readonly<Record<string, readonly string[]>>
  onOpen: (id: string) => void
}

/** Dragging nodes of a tree onto others. Whether it is allowed in the end, and whose access it changes, the dialog that follows tells. */
export function useTreeDrag({ lines, parentsOf, onOpen }: TreeDragOptions) {
  const [over, setOver] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function mayDrop({ node }: NodeLine): boolean {
    const what = draggedNow()
    if (!what || node.id === what.parentId || isAtOrBelow(lines, node.id, what.id)) return false
    return parentsOf[what.type]?.includes(node.type) ?? false
  }
  function leave() {
    clearTimeout(timer.current)
    setOver(null)
  }
  function enter(line: NodeLine) {
    if (over === line.id) return
    leave()
    setOver(line.id)
    if (line.node.isBranch && !line.isOpen) timer.current = setTimeout(() => onOpen(line.id), OPEN_MS)
  }
  return (line: NodeLine): TreeItemDrag => ({
    isDraggable: line.node.denied.move === null,
    isOver: over === line.id,
    onStart: (event) => beginDrag({ id: line.node.id, type: line.node.type, name: line.node.name, parentId: line.parentId }, event.dataTransfer),
    onOver: (event) => {
      if (!mayDrop(line)) return
      event.preventDefault()
      enter(line)
    },
    onLeave: () => over === line.id && leave(),
    onDrop: (event) => {
      const what = draggedNow()
      leave()
      if (!what || !mayDrop(line)) return
      event.preventDefault()
      endDrag()
      askFor({ kind: 'move', resource: { id: what.id, type: what.type, name: what.name }, to: { id: line.node.id, name: line.node.name } })
    },
    onEnd: () => {
      leave()
      endDrag()
    },
  })
}
