'use client'
import { useRouter } from 'next/navigation'
import { useId, useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { Option } from '@/components/ui/option'
import { toRoute } from '@/components/ui/route'
import type { ActionResult } from '@/lib/boundary/result'
import { searchActionsAction, searchPrincipalsAction, searchResourcesAction } from '@/lib/features/explanations/actions'

type Picked = Record<'who' | 'action' | 'resource', Option | null>
export type ExplainFormProps = { org: string; picked: Picked; first: Record<'who' | 'action' | 'resource', readonly Option[]>; at: string; ip: string }

async function optionsOf(answer: Promise<ActionResult<readonly Option[]>>): Promise<readonly Option[]> {
  const result = await answer
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

function Part({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="field">
      <Label htmlFor={id}>{label}</Label>
      {children(id)}
    </div>
  )
}

/** Who, which action, on what: the answer's address holds all of it, so it can be sent to somebody. */
export function ExplainForm({ org, picked, first, at, ip }: ExplainFormProps) {
  const router = useRouter()
  const [chosen, setChosen] = useState(picked)
  const choose = (part: keyof Picked) => (option: Option | null) => setChosen((before) => ({ ...before, [part]: option }))
  const isWhole = chosen.who !== null && chosen.action !== null && chosen.resource !== null

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const params = new URLSearchParams()
    for (const part of ['who', 'action', 'resource'] as const) params.set(part, chosen[part]?.value ?? '')
    for (const name of ['at', 'ip']) if (data.get(name)) params.set(name, String(data.get(name)))
    if (isWhole) router.push(toRoute(`/${org}/explain?${params.toString()}`))
  }
  return (
    <form onSubmit={submit} className="explain-form" aria-label="Question">
      <Part label="Who">
        {(id) => (
          <Combobox id={id} placeholder="Name, e-mail address, key or id" options={first.who} value={chosen.who} onValueChange={choose('who')} search={(q) => optionsOf(searchPrincipalsAction(org, { q }))} empty="Nobody of this name. An id works too." />
        )}
      </Part>
      <Part label="May do">
        {(id) => (
          <Combobox id={id} placeholder="Title or identifier of an action" options={first.action} value={chosen.action} onValueChange={choose('action')} search={(q) => optionsOf(searchActionsAction(org, { q }))} empty="No such action in the access model." />
        )}
      </Part>
      <Part label="On">
        {(id) => (
          <Combobox id={id} placeholder="Name or id of a resource" options={first.resource} value={chosen.resource} onValueChange={choose('resource')} search={(q) => optionsOf(searchResourcesAction(org, { q }))} empty="No such resource that you may ask about." />
        )}
      </Part>
      <details className="explain-as" open={at !== '' || ip !== ''}>
        <summary>Ask as of another time, or from an address</summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          <Part label="Time (UTC)">{(id) => <Input id={id} name="at" type="datetime-local" defaultValue={at} />}</Part>
          <Part label="IP address">{(id) => <Input id={id} name="ip" defaultValue={ip} placeholder="203.0.113.7" autoComplete="off" spellCheck={false} />}</Part>
        </div>
      </details>
      <div>
        <Button type="submit" variant="primary" disabled={!isWhole} title={isWhole ? undefined : 'Choose who, which action and on what first'}>
          Explain
        </Button>
      </div>
    </form>
  )
}
