'use client'
import { useEffect, useRef, useState, type ReactNode } from 'react'

type DisclosureProps = {
  /** What one presses: content of the summary element. */
  summary: ReactNode
  summaryClass: string
  /** The accessible name, when the summary's text does not say enough. */
  label?: string
  title?: string
  className?: string
  side?: 'start' | 'end' | 'top'
  /** Of those with one name only one is open. */
  name?: string
  children: ReactNode
}

/**
 * Something that opens below its button: a native details element, so it works before script arrives.
 * Script adds what people expect of menus: Escape, a press outside or a link inside closes it.
 */
export function Disclosure({ summary, summaryClass, label, title, className = '', side = 'start', name, children }: DisclosureProps) {
  const ref = useRef<HTMLDetailsElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const details = ref.current
    if (!open || !details) return
    const close = () => details.removeAttribute('open')
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !details.contains(event.target)) close()
    }
    const onClick = (event: Event) => {
      if (event.target instanceof Element && event.target.closest('a')) close()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
      details.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', onPress)
    details.addEventListener('click', onClick)
    details.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPress)
      details.removeEventListener('click', onClick)
      details.removeEventListener('keydown', onKey)
    }
  }, [open])
  return (
    <details ref={ref} name={name} data-side={side} className={`disclosure ${className}`} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={summaryClass} aria-label={label} title={title}>
        {summary}
      </summary>
      {children}
    </details>
  )
}
