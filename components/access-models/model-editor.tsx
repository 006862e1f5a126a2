'use client'
import { useRouter } from 'next/navigation'
import { useId, useState, useTransition } from 'react'
import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import type { Refusal } from '@/lib/boundary/report'
import { saveAccessModelAction, tryAccessModelAction } from '@/lib/features/access-models/actions'
import type { ModelImpact } from '@/lib/features/access-models/impact-lines'
import { ImpactView } from './impact-view'
import { ModelFaults } from './model-faults'
import { ModelText, useModelText } from './model-text'
import { UploadButton } from '@/components/forms/upload-button'

type ModelEditorProps = { org: string; initial: string; baseVersion: number; initialNote: string; doneHref: string }

/** The model's JSON, checked before it is saved: faults by line, what breaks, who gains and loses what. */
export function ModelEditor({ org, initial, baseVersion, initialNote, doneHref }: ModelEditorProps) {
  const router = useRouter()
  const { text, setText, ref, goTo } = useModelText(initial)
  const [note, setNote] = useState(initialNote)
  const [impact, setImpact] = useState<ModelImpact | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [pending, startTransition] = useTransition()
  const [labelId, noteId, whyId] = [useId(), useId(), useId()]
  const faults = refusal?.fields.filter(({ position }) => position !== undefined) ?? []
  const isReady = impact !== null && impact.refused.length === 0

  function change(next: string) {
    setText(next)
    setImpact(null)
    setRefusal(null)
  }
  const check = () => startTransition(async () => {
    const result = await tryAccessModelAction(org, { text, baseVersion })
    setImpact(result.ok ? result.value : null)
    setRefusal(result.ok ? null : result.refusal)
  })
  const send = (confirmBreaking: boolean) => saveAccessModelAction(org, { text, baseVersion, note, confirmBreaking })
  function done(version: number) {
    toast({ title: `Version ${version} of the access model is in force` })
    router.push(toRoute(doneHref))
  }
  function save() {
    if (!impact) return
    if (impact.breaks.length === 0) {
      return startTransition(async () => {
        const result = await send(false)
        if (result.ok) done(result.value.version)
        else setRefusal(result.refusal)
      })
    }
    const saved = { version: 0 }
    askToConfirm({
      title: 'Save a model that breaks what is in use?', confirmLabel: 'Save and break', danger: true, typedName: org,
      description: impact.breaks.map(({ count, what }) => `${count} ${what}.`).join(' '),
      onConfirm: async () => {
        const result = await send(true)
        if (result.ok) saved.version = result.value.version
        return result
      },
      onDone: () => done(saved.version),
    })
  }
  return (
    <div className="grid gap-4">
      <div>
        <div className="mb-1 flex items-end justify-between gap-2">
          <Label htmlFor={labelId}>Access model as JSON</Label>
          <UploadButton label="Replace by a file" onText={change} onProblem={(title) => toast({ kind: 'error', title })} />
        </div>
        <ModelText id={labelId} ref={ref} value={text} onChange={change} marked={faults.flatMap(({ position }) => (position ? [position.line] : []))} />
      </div>
      {refusal && faults.length > 0 ? <ModelFaults title="This is no access model yet" faults={faults} onGoTo={goTo} /> : null}
      {refusal && faults.length === 0 ? (
        <Banner tone="bad" title={refusal.title} live>
          {refusalText(refusal)}
        </Banner>
      ) : null}
      {impact ? <ImpactView impact={impact} /> : null}
      <div>
        <Label htmlFor={noteId} optional>
          What is it saved for
        </Label>
        <Input id={noteId} value={note} maxLength={200} onChange={(event) => setNote(event.currentTarget.value)} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={check} pending={pending && impact === null}>
          Check changes
        </Button>
        <Button variant="primary" onClick={save} disabled={!isReady} pending={pending && impact !== null} aria-describedby={isReady ? undefined : whyId}>
          Save version {baseVersion + 1}
        </Button>
        {isReady ? null : (
          <p id={whyId} className="text-[13px] text-ink-3">
            {impact === null ? 'Check the changes first: saving needs to know what they do.' : 'Put right what stands in the way first.'}
          </p>
        )}
      </div>
    </div>
  )
}
