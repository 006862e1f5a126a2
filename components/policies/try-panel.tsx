'use client'
import { FlaskConical } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { Option } from '@/components/ui/option'
import type { EditingCatalogue, ResourceChoice } from '@/lib/features/policies/editing-view'
import type { PolicySource } from './policy-source'
import { TrialResult } from './trial-result'
import type { Asked } from './trial-words'

type TryPanelProps = {
  source: PolicySource
  catalogue: EditingCatalogue
  text: string
  isParsed: boolean
  onAnswer: (asked: Asked | null) => void
  onShowCode: (start: number, end: number) => void
  /** Keeps the question as a test; null where nothing may be changed. */
  onKeep: ((asked: Asked) => void) | null
}

/** Whether each word is somewhere in the option: people know actions by title and by name. */
const matches = ({ label, detail = '' }: Option, text: string): boolean =>
  text.toLowerCase().split(/\s+/).every((word) => `${label} ${detail}`.toLowerCase().includes(word))

/** Every single action of the catalogue, once. */
function actionsOf({ categories }: EditingCatalogue): Option[] {
  const items = categories.flatMap(({ title, items: each }) => each.map((item) => ({ item, title })))
  return items.filter(({ item }) => item.permissions !== '*' && item.permissions.length === 1).map(({ item, title }) => ({ value: item.value, label: item.title, detail: `${title} · ${item.value}` }))
}

const NONE: readonly Option[] = []
const SHOWN = 30

/** Asks a question of the text in the making. */
export function TryPanel({ source, catalogue, text, isParsed, onAnswer, onShowCode, onKeep }: TryPanelProps) {
  const [person, setPerson] = useState<Option | null>(null)
  const [action, setAction] = useState<Option | null>(null)
  const [resource, setResource] = useState<Option | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [askedText, setAskedText] = useState(text)
  const [failure, setFailure] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const ip = useRef<HTMLInputElement>(null)
  const time = useRef<HTMLInputElement>(null)
  const known = useRef(new Map<string, ResourceChoice>())

  const actions = useMemo(() => actionsOf(catalogue), [catalogue])
  const searchActions = (q: string): Promise<readonly Option[]> => Promise.resolve(actions.filter((each) => matches(each, q)).slice(0, SHOWN))
  const searchPeople = async (q: string): Promise<readonly Option[]> => (await source.searchPeople(q)).map(({ id, name, detail }) => ({ value: id, label: name, detail }))
  const searchResources = async (q: string): Promise<readonly Option[]> => {
    const found = await source.searchResources(q, 'any')
    for (const each of found) known.current.set(`${each.type}\n${each.id}`, each)
    return found.map((each) => ({ value: `${each.type}\n${each.id}`, label: each.name, detail: each.detail }))
  }
  async function ask() {
    const place = resource && known.current.get(resource.value)
    if (!person || !action || !place) return
    const [address, moment] = [ip.current?.value.trim() ?? '', time.current?.value ?? '']
    const context = { ...(address && { ip: address }), ...(moment && { time: `${moment}:00Z` }) }
    const question = { principalId: person.value, action: action.value, resource: { type: place.type, id: place.id }, context }
    setPending(true)
    const result = await source.ask(text, question).catch(() => null)
    setPending(false)
    setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
    const answered = result?.ok ? { question, words: `${person.label}: ${action.label} on ${place.name}`, trial: result.value } : null
    setAsked(answered)
    setAskedText(text)
    onAnswer(answered)
  }
  return (
    <section className="section policy-aside" aria-labelledby="try-heading">
      <div className="section-head">
        <div>
          <h2 id="try-heading">Try it</h2>
          <p>Asks about the text as it stands here, saved or not.</p>
        </div>
      </div>
      <form
        className="section-body grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <div>
          <Label htmlFor="try-person">Person</Label>
          <Combobox id="try-person" options={NONE} search={searchPeople} value={person} onValueChange={setPerson} placeholder="Search people" />
        </div>
        <div>
          <Label htmlFor="try-action">Action</Label>
          <Combobox id="try-action" options={NONE} search={searchActions} value={action} onValueChange={setAction} placeholder="Search actions" />
        </div>
        <div>
          <Label htmlFor="try-resource">Resource</Label>
          <Combobox id="try-resource" options={NONE} search={searchResources} value={resource} onValueChange={setResource} placeholder="Search resources" />
        </div>
        <details>
          <summary className="text-link inline-block">Address and time</summary>
          <div className="mt-2 grid gap-3">
            <div>
              <Label htmlFor="try-ip" optional>Address</Label>
              <Input id="try-ip" ref={ip} placeholder="10.1.2.3" autoComplete="off" spellCheck={false} />
            </div>
            <div>
              <Label htmlFor="try-time" optional>Time, UTC</Label>
              <Input id="try-time" ref={time} type="datetime-local" />
            </div>
          </div>
        </details>
        <div>
          <Button type="submit" icon={<FlaskConical aria-hidden="true" />} pending={isPending} disabled={!person || !action || !resource || !isParsed}>
            Ask
          </Button>
          {isParsed ? null : <p className="field-hint">The text cannot be read at the moment.</p>}
        </div>
        {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
        {asked && askedText !== text ? <p className="field-hint" role="status">The text has changed since; ask again.</p> : null}
        {asked ? <TrialResult asked={asked} onShowCode={onShowCode} onKeep={onKeep} /> : null}
      </form>
    </section>
  )
}
