const CONTROLS = 'a, button, input'

/**
 * Arrow keys inside the body of a table: up and down go to the same control of the next row,
 * left and right to the next control of the row, Home and End to the first and last row.
 */
export function moveInRows(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-row]') : null
  if (!row) return
  const controls = [...row.querySelectorAll<HTMLElement>(CONTROLS)]
  const column = controls.findIndex((control) => control === event.target)
  const target = targetOf(event.key, row, controls, column)
  if (!target) return
  event.preventDefault()
  target.focus()
}

function targetOf(key: string, row: HTMLElement, controls: HTMLElement[], column: number): HTMLElement | undefined {
  const inRow = (other: Element | null | undefined) => {
    const there = other ? [...other.querySelectorAll<HTMLElement>(CONTROLS)] : []
    return there.at(column) ?? there.at(-1)
  }
  if (key === 'ArrowDown') return inRow(row.nextElementSibling)
  if (key === 'ArrowUp') return inRow(row.previousElementSibling)
  if (key === 'ArrowRight') return controls[column + 1]
  if (key === 'ArrowLeft') return controls[column - 1]
  if (key === 'Home') return inRow(row.parentElement?.firstElementChild)
  if (key === 'End') return inRow(row.parentElement?.lastElementChild)
  return undefined
}
