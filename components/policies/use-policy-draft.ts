'use client'
import { useEffect, useRef, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import type { FormEdit } from '@/lib/access/policies/form-edits'
import type { ActionResult } from '@/lib/boundary/result'
import type { EditedPolicy, PolicyReading } from '@/lib/features/policies/editing-view'
import type { PolicySource } from './policy-source'

const PAUSE_MS = 300
const SILENT = 'The server did not answer. Check the connection; the text is kept here.'

export type PolicyDraft = {
  /** The policy in the making: the one truth of form and code. */
  text: string
  /** What the newest text that was read says; of the text itself when `isRead`. */
  reading: PolicyReading
  isRead: boolean
  /** Why the last question was not answered. */
  failure: string | null
  /** An edit of the form, or formatting, is on its way. */
  isEditing: boolean
  /** Takes what was typed; it is read after a pause. */
  type: (text: string) => void
  /** Takes another text and reads it at once. */
  replace: (text: string) => void
  /** Makes an edit of the form in the text. Answers whether it was made. */
  edit: (edit: FormEdit) => Promise<boolean>
  format: () => Promise<boolean>
}

type Known = { text: string; reading: PolicyReading }

/** The text being edited, read by the server while one types; only the newest answer counts. */
export function usePolicyDraft(source: PolicySource, initial: Known): PolicyDraft {
  const [text, setText] = useState(initial.text)
  const [known, setKnown] = useState(initial)
  const [failure, setFailure] = useState<string | null>(null)
  const [isEditing, setEditing] = useState(false)
  const newest = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function begin(): () => boolean {
    clearTimeout(timer.current)
    const mine = ++newest.current
    return () => mine === newest.current
  }
  async function read(asked: string, isNewest: () => boolean) {
    const result = await source.read(asked).catch(() => null)
    if (!isNewest()) return
    setFailure(result === null ? SILENT : result.ok ? null : refusalText(result.refusal))
    if (result?.ok) setKnown({ text: asked, reading: result.value })
  }
  async function change(ask: Promise<ActionResult<EditedPolicy>>): Promise<boolean> {
    const isNewest = begin()
    setEditing(true)
    const result = await ask.catch(() => null)
    setEditing(false)
    if (!isNewest()) return false
    setFailure(result === null ? SILENT : result.ok ? null : refusalText(result.refusal))
    if (!result?.ok) return false
    setText(result.value.text)
    setKnown(result.value)
    return true
  }
  return {
    text, reading: known.reading, isRead: known.text === text, failure, isEditing,
    type: (typed) => {
      const isNewest = begin()
      setText(typed)
      timer.current = setTimeout(() => void read(typed, isNewest), PAUSE_MS)
    },
    replace: (next) => {
      setText(next)
      void read(next, begin())
    },
    edit: (edit) => change(source.edit(text, edit)),
    format: () => change(source.format(text)),
  }
}
