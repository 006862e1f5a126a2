'use client'
import { Wand2 } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { CodeView, Highlight } from './code-view'
import type { PolicySource } from './policy-source'
import { ProblemList } from './problem-list'
import type { PolicyDraft } from './use-policy-draft'

/** A place to go to; a new object each time. */
export type Jump = { start: number; end: number }

type CodePaneProps = {
  source: PolicySource
  draft: PolicyDraft
  label: string
  isReadOnly: boolean
  highlights: readonly Highlight[]
  jump: Jump | null
  /** A place in the problems under the text was pressed. */
  onJump: (start: number, end: number) => void
}

/** The nonce of this page's policy, which a later navigation does not change; scripts may read it, markup may not. */
const pageNonce = (): string => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

/** The editor of the code, fetched when it is first shown, with the problems below. */
export function CodePane({ source, draft, label, isReadOnly, highlights, jump, onJump }: CodePaneProps) {
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<CodeView | null>(null)
  const [isFailed, setFailed] = useState(false)
  const hint = useId()
  const { text, reading, isRead } = draft
  const make = useEffectEvent((View: typeof CodeView, parent: HTMLElement): CodeView =>
    new View({ parent, text, nonce: pageNonce(), isReadOnly, label, describedBy: hint, completion: source.completion, onChange: draft.type }))

  useEffect(() => {
    let made: CodeView | null = null
    let isGone = false
    import('./code-view').then(
      (module) => {
        if (isGone || !place.current) return
        made = make(module.CodeView, place.current)
        setView(made)
      },
      () => setFailed(true),
    )
    return () => {
      isGone = true
      made?.destroy()
    }
  }, [])
  useEffect(() => view?.setText(text), [view, text])
  useEffect(() => view?.setReadOnly(isReadOnly), [view, isReadOnly])
  useEffect(() => {
    if (isRead) view?.setProblems(reading.problems)
  }, [view, reading, isRead])
  useEffect(() => view?.setHighlights(highlights), [view, highlights])
  useEffect(() => {
    if (jump) view?.jumpTo(jump.start, jump.end)
  }, [view, jump])

  return (
    <div className="grid gap-3">
      <div className="code-frame">
        <div className="code-bar">
          <p id={hint} className="text-[13px] text-ink-3">
            {isReadOnly ? 'Read only.' : 'Tab indents; Escape, then Tab, leaves the editor. Ctrl+Space completes, F8 shows the next problem.'}
          </p>
          {isReadOnly ? null : (
            <Button size="small" icon={<Wand2 aria-hidden="true" />} disabled={!reading.isParsed} pending={draft.isEditing} onClick={() => void draft.format()}>
              Format
            </Button>
          )}
        </div>
        <div ref={place} />
        {view ? null : (
          <pre className="code-waiting" tabIndex={0} aria-label={label}>
            {text}
          </pre>
        )}
        {isFailed ? <p className="p-3 text-bad">The editor could not be fetched. Reload the page to try again.</p> : null}
      </div>
      <div role="status">
        {!isRead ? <p className="text-ink-3">Checking…</p> : reading.problems.length === 0 ? <p className="text-ink-3">No problems: every name and type fits the access model.</p> : <ProblemList text={text} problems={reading.problems} onJump={onJump} />}
      </div>
    </div>
  )
}
