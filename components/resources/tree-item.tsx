'use client'
import { ChevronRight } from 'lucide-react'
import type { DragEvent, MouseEvent, ReactNode } from 'react'
import type { TreeLine } from './tree-lines'
import { ResourceIcon } from './resource-icon'

type NodeLine = Extract<TreeLine, { kind: 'node' }>

/** How a node is dragged and dropped on; without it, it is neither. */
export type TreeItemDrag = {
  isDraggable: boolean
  onStart: (event: DragEvent) => void
  onOver: (event: DragEvent) => void
  onLeave: () => void
  onDrop: (event: DragEvent) => void
  onEnd: () => void
  isOver: boolean
}

type TreeItemProps = {
  line: NodeLine
  isFocusable: boolean
  isSelected: boolean
  isCut?: boolean
  /** Why it cannot be chosen. */
  disabledReason?: string | null
  onPress: (event: MouseEvent) => void
  onToggle: () => void
  onFocus: () => void
  drag?: TreeItemDrag | undefined
  /** What stands for the name: a link, or its text. */
  label: ReactNode
  /** At the end of the line. */
  after?: ReactNode
}

const indent = ['pl-1', 'pl-5', 'pl-9', 'pl-[52px]', 'pl-[68px]', 'pl-[84px]', 'pl-[100px]', 'pl-[116px]'] as const

/** A refusal as a line of its own: without the marks around names, which keep their first letter. */
const inWords = (reason: string): string => (reason.charAt(0).toUpperCase() + reason.slice(1)).replaceAll('`', '')

/** A node of a tree: a treeitem with its depth and place told, since lines are not nested. */
export function TreeItem({ line, isFocusable, isSelected, isCut = false, disabledReason = null, onPress, onToggle, onFocus, drag, label, after }: TreeItemProps) {
  const { node, depth, position, size, isOpen } = line
  return (
    <li
      role="treeitem"
      aria-label={node.name}
      aria-level={depth}
      aria-posinset={position}
      aria-setsize={size}
      aria-selected={isSelected}
      aria-expanded={node.isBranch ? isOpen : undefined}
      aria-disabled={disabledReason === null ? undefined : true}
      aria-describedby={disabledReason === null ? undefined : `why-${node.id}`}
      tabIndex={isFocusable ? 0 : -1}
      data-line={line.id}
      data-cut={isCut ? '' : undefined}
      data-over={drag?.isOver ? '' : undefined}
      className={`tree-line ${indent[Math.min(depth, indent.length) - 1] ?? ''}`}
      onClick={onPress}
      onFocus={onFocus}
      {...(drag && { draggable: drag.isDraggable, onDragStart: drag.onStart, onDragOver: drag.onOver, onDragLeave: drag.onLeave, onDrop: drag.onDrop, onDragEnd: drag.onEnd })}
    >
      <span
        className="tree-toggle"
        data-open={isOpen ? '' : undefined}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        {node.isBranch ? <ChevronRight /> : null}
      </span>
      <ResourceIcon type={node.type} />
      <span className="tree-name">
        {label}
        {disabledReason === null ? null : <small id={`why-${node.id}`}>{inWords(disabledReason)}</small>}
      </span>
      {after}
    </li>
  )
}

/** The line that loads more of a level. */
export function MoreItem({ line, isFocusable, onPress, onFocus }: { line: Extract<TreeLine, { kind: 'more' }>; isFocusable: boolean; onPress: () => void; onFocus: () => void }) {
  return (
    <li
      role="treeitem"
      aria-level={line.depth}
      aria-posinset={line.position}
      aria-setsize={line.size}
      aria-selected={false}
      tabIndex={isFocusable ? 0 : -1}
      data-line={line.id}
      className={`tree-line tree-more ${indent[Math.min(line.depth, indent.length) - 1] ?? ''}`}
      onClick={onPress}
      onFocus={onFocus}
    >
      Show more
    </li>
  )
}
