'use client'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'

/** Bars from `anchor` to `focus`, in whichever order; none is -1. */
type Selection = { anchor: number; focus: number }

const NOTHING: Selection = { anchor: -1, focus: -1 }

/** Which bars of a histogram are chosen, by dragging or by keyboard; `choose` is told when it is settled. */
export function useBarSelection(count: number, choose: (first: number, last: number) => void) {
  const [selection, setSelection] = useState<Selection>(NOTHING)
  const [isDragging, setDragging] = useState(false)
  const first = Math.min(selection.anchor, selection.focus)
  const last = Math.max(selection.anchor, selection.focus)

  function barAt(event: PointerEvent<Element>): number {
    const box = event.currentTarget.getBoundingClientRect()
    return Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count)))
  }
  function move(to: number, extend: boolean) {
    const focus = Math.min(count - 1, Math.max(0, to))
    setSelection({ anchor: extend && selection.anchor >= 0 ? selection.anchor : focus, focus })
  }
  function onKeyDown(event: KeyboardEvent) {
    const here = selection.focus < 0 ? count - 1 : selection.focus
    const target = { ArrowLeft: selection.focus < 0 ? here : here - 1, ArrowRight: selection.focus < 0 ? here : here + 1, Home: 0, End: count - 1 }[event.key]
    if (target !== undefined) move(target, event.shiftKey)
    else if ((event.key === 'Enter' || event.key === ' ') && first >= 0) choose(first, last)
    else if (event.key === 'Escape' && first >= 0) setSelection(NOTHING)
    else return
    event.preventDefault()
  }
  const handlers = {
    onKeyDown,
    onPointerDown: (event: PointerEvent<Element>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragging(true)
      move(barAt(event), false)
    },
    onPointerMove: (event: PointerEvent<Element>) => {
      if (isDragging) move(barAt(event), true)
    },
    onPointerUp: () => {
      if (!isDragging) return
      setDragging(false)
      choose(first, last)
    },
    onPointerCancel: () => {
      setDragging(false)
      setSelection(NOTHING)
    },
  }
  return { first, last, focus: selection.focus, handlers, clear: () => setSelection(NOTHING) }
}
