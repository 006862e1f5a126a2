'use client'
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { HiddenParams } from './hidden-params'
import type { TableNavigation } from './use-table-navigation'

const PAUSE_MS = 120

/** Searches on the server while one types. A GET form underneath: Enter works before script arrives. */
export function SearchBox({ placeholder, param = 'q', navigation }: { placeholder: string; param?: string; navigation: TableNavigation }) {
  const { params, committed, pending, go } = navigation
  const settled = params.get(param) ?? ''
  const [text, setText] = useState(settled)
  const [asked, setAsked] = useState(settled)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  // The address changed without us: the back button, or "Clear all filters".
  if (!pending && settled !== asked) {
    setAsked(settled)
    if (settled !== text.trim()) setText(settled)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useSlashKey(input)

  function ask(next: string) {
    clearTimeout(timer.current)
    const wanted = next.trim()
    if (wanted === asked) return
    setAsked(wanted)
    // One step back leaves the search, however many letters it had. What is still on its way is no step yet.
    go({ [param]: wanted || null }, committed.has(param) ? 'replace' : 'push')
  }
  function change(next: string) {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => ask(next), PAUSE_MS)
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    ask(text)
  }
  return (
    <form role="search" className="search-box" onSubmit={submit}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        className="input"
        type="search"
        name={param}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        aria-label={placeholder}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
      />
      {text ? (
        <button type="button" aria-label="Clear search" onClick={() => (setText(''), ask(''), input.current?.focus())}>
          <X aria-hidden="true" />
        </button>
      ) : null}
      <HiddenParams params={params} except={[param]} />
    </form>
  )
}

/** "/" goes to the search, unless one is typing. */
function useSlashKey(input: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [input])
}
