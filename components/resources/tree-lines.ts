import type { TreeLevel, TreeNode } from '@/lib/features/resources/tree'

/** One visible line of a tree: a node, or the line that loads more of a level. */
export type TreeLine =
  | { kind: 'node'; id: string; node: TreeNode; parentId: string | null; depth: number; position: number; size: number; isOpen: boolean }
  | { kind: 'more'; id: string; parentId: string; cursor: string; depth: number; position: number; size: number }

export type Levels = ReadonlyMap<string, TreeLevel>

/** The lines that are visible with these nodes open, top to bottom. What is open but not loaded yet has none below. */
export function linesOf(root: TreeNode, levels: Levels, open: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = []
  const add = (node: TreeNode, parentId: string | null, depth: number, position: number, size: number): void => {
    const level = levels.get(node.id)
    const isOpen = node.isBranch && open.has(node.id)
    lines.push({ kind: 'node', id: node.id, node, parentId, depth, position, size, isOpen })
    if (!isOpen || !level) return
    const count = level.nodes.length + (level.nextCursor === null ? 0 : 1)
    level.nodes.forEach((child, index) => add(child, node.id, depth + 1, index + 1, count))
    if (level.nextCursor !== null) lines.push({ kind: 'more', id: `${node.id} more`, parentId: node.id, cursor: level.nextCursor, depth: depth + 1, position: count, size: count })
  }
  add(root, null, 1, 1, 1)
  return lines
}

/** What a key does to a tree: another line takes the focus, a node opens or closes, or nothing. */
export type TreeStep = { focus: string } | { toggle: string } | null

/** The keys of the tree pattern of WAI-ARIA, for a tree read from left to right. */
export function stepOf(lines: readonly TreeLine[], focused: string, key: string): TreeStep {
  const at = lines.findIndex((line) => line.id === focused)
  const line = lines[at]
  if (!line) return null
  const to = (index: number): TreeStep => {
    const next = lines[index]
    return next && next.id !== focused ? { focus: next.id } : null
  }
  switch (key) {
    case 'ArrowDown': return to(at + 1)
    case 'ArrowUp': return to(at - 1)
    case 'Home': return to(0)
    case 'End': return to(lines.length - 1)
    case 'ArrowRight': return line.kind === 'node' && line.node.isBranch ? (line.isOpen ? stepInto(lines, at) : { toggle: line.id }) : null
    case 'ArrowLeft': return line.kind === 'node' && line.isOpen ? { toggle: line.id } : line.parentId === null ? null : { focus: line.parentId }
    default: return null
  }
}

/** The first line inside an open node; null while it is loading. */
function stepInto(lines: readonly TreeLine[], at: number): TreeStep {
  const [line, next] = [lines[at], lines[at + 1]]
  return line && next && next.depth > line.depth ? { focus: next.id } : null
}

/** The next line, going around, whose name begins with what is typed. */
export function typedAhead(lines: readonly TreeLine[], focused: string, text: string): string | null {
  const at = lines.findIndex((line) => line.id === focused)
  // One letter moves on; more letters may stay where they fit already.
  const ordered = [...lines.slice(text.length > 1 ? at : at + 1), ...lines.slice(0, Math.max(0, at))]
  return ordered.find((line) => line.kind === 'node' && line.node.name.toLowerCase().startsWith(text.toLowerCase()))?.id ?? null
}

/** Whether a visible node is another or lies inside it. */
export function isAtOrBelow(lines: readonly TreeLine[], id: string, above: string): boolean {
  const parents = new Map(lines.map((line) => [line.id, line.parentId]))
  for (let at: string | null | undefined = id; at; at = parents.get(at)) if (at === above) return true
  return false
}
