'use client'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { stepOf, typedAhead, type TreeLine } from './tree-lines'
import { MoreItem, TreeItem, type TreeItemDrag } from './tree-item'

type NodeLine = Extract<TreeLine, { kind: 'node' }>

export type TreeViewProps = {
  label: string
  lines: readonly TreeLine[]
  selectedId: string | null
  cutId?: string | null
  disabledReason?: (line: NodeLine) => string | null
  onOpen: (line: NodeLine) => void
  onToggle: (id: string) => void
  onMore: (line: Extract<TreeLine, { kind: 'more' }>) => void
  /** Keys beyond those of every tree; true when it did something. */
  onKey?: (event: KeyboardEvent, line: NodeLine) => boolean
  drag?: (line: NodeLine) => TreeItemDrag
  labelOf?: (line: NodeLine) => ReactNode
  afterOf?: (line: NodeLine) => ReactNode
}

const TYPING_MS = 700

/** A tree after the WAI-ARIA pattern: arrows, Home and End, Enter, typing ahead; one line at a time can be reached by Tab. */
export function TreeView(props: TreeViewProps) {
  const { lines, selectedId } = props
  const list = useRef<HTMLUListElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [focused, setFocused] = useState<string | null>(null)
  const isThere = (id: string | null) => id !== null && lines.some((line) => line.id === id)
  const reachable = isThere(focused) ? focused : isThere(selectedId) ? selectedId : (lines[0]?.id ?? null)

  function focus(id: string) {
    setFocused(id)
    list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)?.focus()
  }
  function press(line: TreeLine) {
    if (line.kind === 'more') props.onMore(line)
    else if (!props.disabledReason?.(line)) props.onOpen(line)
  }
  function typeAhead(key: string, timeStamp: number) {
    const before = timeStamp - typed.current.at < TYPING_MS ? typed.current.text : ''
    typed.current = { text: before + key, at: timeStamp }
    const found = reachable === null ? null : typedAhead(lines, reachable, typed.current.text)
    if (found !== null) focus(found)
  }
  function onKeyDown(event: KeyboardEvent) {
    const line = lines.find(({ id }) => id === reachable)
    if (!line || !(event.target instanceof HTMLElement) || event.target.dataset['line'] !== line.id) return
    if (line.kind === 'node' && props.onKey?.(event, line)) return event.preventDefault()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = stepOf(lines, line.id, event.key)
    if (step) {
      event.preventDefault()
      if ('focus' in step) focus(step.focus)
      else props.onToggle(step.toggle)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      press(line)
    } else if (event.key.startsWith('Arrow')) event.preventDefault()
    else if (event.key.length === 1) typeAhead(event.key, event.timeStamp)
  }
  return (
    <ul ref={list} role="tree" aria-label={props.label} className="tree" onKeyDown={onKeyDown}>
      {lines.map((line) =>
        line.kind === 'more' ? (
          <MoreItem key={line.id} line={line} isFocusable={line.id === reachable} onPress={() => press(line)} onFocus={() => setFocused(line.id)} />
        ) : (
          <TreeItem
            key={line.id}
            line={line}
            isFocusable={line.id === reachable}
            isSelected={line.id === selectedId}
            isCut={line.id === props.cutId}
            disabledReason={props.disabledReason?.(line) ?? null}
            onPress={() => press(line)}
            onToggle={() => props.onToggle(line.id)}
            onFocus={() => setFocused(line.id)}
            drag={props.drag?.(line)}
            label={props.labelOf?.(line) ?? line.node.name}
            after={props.afterOf?.(line)}
          />
        ),
      )}
    </ul>
  )
}
