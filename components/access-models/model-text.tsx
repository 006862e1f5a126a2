'use client'
import { useRef, useState, type ComponentProps, type Ref } from 'react'
import type { TextPosition } from '@/lib/errors'

type ModelTextProps = Pick<ComponentProps<'textarea'>, 'id' | 'name' | 'aria-label' | 'aria-describedby' | 'aria-invalid' | 'readOnly'> & {
  value: string
  onChange: (text: string) => void
  /** Lines to mark, counted from 1. */
  marked?: readonly number[]
  ref?: Ref<HTMLTextAreaElement>
}

const lineCount = (text: string): number => text.split('\n').length

/** JSON with the numbers of its lines, those with a fault marked. */
export function ModelText({ value, onChange, marked = [], ref, ...attributes }: ModelTextProps) {
  const gutter = useRef<HTMLPreElement>(null)
  const faulty = new Set(marked)
  const numbers = Array.from({ length: lineCount(value) }, (_, index) => `${faulty.has(index + 1) ? '● ' : ''}${index + 1}`).join('\n')
  return (
    <div className="model-text">
      <pre ref={gutter} aria-hidden="true">
        {numbers}
      </pre>
      <textarea
        {...attributes}
        ref={ref}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        wrap="off"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
    </div>
  )
}

/** A textarea in which a place can be gone to. */
export function useModelText(initial: string) {
  const [text, setText] = useState(initial)
  const ref = useRef<HTMLTextAreaElement>(null)
  function goTo({ start, end, line }: TextPosition) {
    const area = ref.current
    if (!area) return
    area.focus()
    area.setSelectionRange(start, Math.max(start, end))
    const height = area.scrollHeight / lineCount(area.value)
    area.scrollTo({ top: Math.max(0, (line - 4) * height) })
  }
  return { text, setText, ref, goTo }
}
