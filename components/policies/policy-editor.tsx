'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Badge } from '@/components/ui/badge'
import { Banner } from '@/components/ui/banner'
import { Tabs } from '@/components/ui/tabs'
import { toast } from '@/components/ui/toast'
import type { EditingCatalogue, PolicyReading, ResourceChoice } from '@/lib/features/policies/editing-view'
import type { PolicyTestRow, PolicyVersionRow, StoredPolicy } from '@/lib/features/policies/rules'
import type { PolicyTestInput } from '@/lib/features/policies/schema'
import { CodePane, type Jump } from './code-pane'
import { forgetKeptDraft, LeftDraft, useKeptDraft } from './left-draft'
import { PolicyForm } from './policy-form'
import { PolicyHistory } from './policy-history'
import { PolicyTests } from './policy-tests'
import { sourceOf, type PolicyOwner } from './policy-source'
import { SaveBar } from './save-bar'
import { testInputOf } from './test-input'
import { highlightsOf, type Asked } from './trial-words'
import { TryPanel } from './try-panel'
import { useLeaveGuard } from './use-leave-guard'
import { usePolicyDraft } from './use-policy-draft'

export type PolicyEditorProps = {
  owner: PolicyOwner
  saved: StoredPolicy
  reading: PolicyReading
  catalogue: EditingCatalogue
  near: readonly ResourceChoice[]
  tests: readonly PolicyTestRow[]
  versions: readonly PolicyVersionRow[]
  /** Why it can only be looked at. */
  readOnlyReason: string | null
}

const TABS = ['form', 'code', 'tests', 'history'] as const
type Tab = (typeof TABS)[number]

/** One policy text, as form and as code, with what is asked of it and what it was. */
export function PolicyEditor({ owner, saved, reading, catalogue, near, tests, versions, readOnlyReason }: PolicyEditorProps) {
  const router = useRouter()
  const source = useMemo(() => sourceOf(owner), [owner])
  const draft = usePolicyDraft(source, { text: saved.text, reading })
  const hasForm = owner.kind === 'group'
  const [tab, setTab] = useState<Tab>(hasForm ? 'form' : 'code')
  const [hasOpenedCode, setOpenedCode] = useState(!hasForm)
  const [jump, setJump] = useState<Jump | null>(null)
  const [asked, setAsked] = useState<{ asked: Asked; text: string } | null>(null)
  const isReadOnly = readOnlyReason !== null
  const isDirty = draft.text !== saved.text
  const what = hasForm ? `The policy of ${owner.name}` : 'This page'
  useLeaveGuard(isDirty, what)
  useKeptDraft(owner.id, { text: draft.text, version: saved.version, isDirty })
  // what an answer marks are places in the text it was given for
  const highlights = useMemo(() => highlightsOf(asked && asked.text === draft.text ? asked.asked : null), [asked, draft.text])

  function open(next: string) {
    setTab(TABS.find((each) => each === next) ?? 'code')
    if (next === 'code') setOpenedCode(true)
  }
  function showCode(start: number, end: number) {
    open('code')
    setJump({ start, end })
  }
  function discard() {
    forgetKeptDraft(owner.id)
    draft.replace(saved.text)
  }
  function take(theirs: StoredPolicy) {
    forgetKeptDraft(owner.id)
    draft.replace(theirs.text)
    router.refresh()
  }
  async function setTests(next: readonly PolicyTestInput[], done: string) {
    const result = await source.setTests(next).catch(() => null)
    if (result?.ok) return toast({ title: done })
    toast({ kind: 'error', title: result?.refusal.title ?? 'The server did not answer', description: result ? refusalText(result.refusal) : 'Try again.' })
  }
  const keep = ({ question, words, trial }: Asked) => {
    const test = { ...question, name: words.slice(0, 200), isAllowed: trial.verdict === 'allow' }
    void setTests([...tests.map(testInputOf), test], 'Kept as a test')
  }
  const restore = (version: number, text: string) => {
    draft.replace(text)
    open(hasForm ? 'form' : 'code')
    toast({ title: `Version ${version} is in the editor`, description: 'It counts once you save it.' })
  }
  const label = hasForm ? `Policy of ${owner.name}` : 'Guardrails'
  const panes = {
    form: <PolicyForm source={source} draft={draft} catalogue={catalogue} near={near} isReadOnly={isReadOnly} onShowCode={showCode} />,
    code: hasOpenedCode ? <CodePane source={source} draft={draft} label={label} isReadOnly={isReadOnly} highlights={highlights} jump={jump} onJump={showCode} /> : null,
    tests: <PolicyTests source={source} text={draft.text} isParsed={draft.reading.isParsed} tests={tests} onChange={isReadOnly ? null : (next) => void setTests(next.map(testInputOf), 'Tests changed')} />,
    history: <PolicyHistory versions={versions} text={draft.text} load={source.version} onRestore={isReadOnly ? null : restore} />,
  }
  return (
    <>
      {readOnlyReason === null ? <LeftDraft ownerId={owner.id} saved={saved} onRestore={draft.replace} /> : <div className="mb-3"><Banner>{readOnlyReason}</Banner></div>}
      <div className="policy-layout">
        <div className="min-w-0">
          <Tabs
            label="Views of the policy"
            value={tab}
            onValueChange={open}
            items={[
              ...(hasForm ? [{ value: 'form', label: 'Form', content: panes.form }] : []),
              { value: 'code', label: 'Code', content: panes.code, keepMounted: true },
              { value: 'tests', label: <>Tests {tests.length > 0 ? <Badge>{tests.length}</Badge> : null}</>, content: panes.tests },
              { value: 'history', label: 'History', content: panes.history },
            ]}
          />
          {draft.failure ? <Banner tone="bad" live>{draft.failure}</Banner> : null}
          {isReadOnly ? null : <SaveBar owner={owner} source={source} saved={{ ...saved, reading }} draft={draft} isDirty={isDirty} onDiscard={discard} onShowCode={showCode} onTake={take} />}
        </div>
        <TryPanel source={source} catalogue={catalogue} text={draft.text} isParsed={draft.reading.isParsed} onAnswer={(next) => setAsked(next && { asked: next, text: draft.text })} onShowCode={showCode} onKeep={isReadOnly ? null : keep} />
      </div>
    </>
  )
}
