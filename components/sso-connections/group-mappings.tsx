'use client'
import { useState, useTransition } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { previewMappingsAction, setMappingsAction } from '@/lib/features/sso-connections/actions'
import { MappingChanges } from './mapping-changes'

export type MappingDraft = { key: string; group: string; role: string; scope: string }

type Props = { org: string; id: string; mappings: readonly MappingDraft[]; roles: readonly Option[]; scopes: readonly Option[]; isOneRoleEach: boolean }

/** Which group gives which role where; the order is the priority. */
export function GroupMappings({ org, id, mappings, roles, scopes, isOneRoleEach }: Props) {
  const [rows, setRows] = useState<readonly MappingDraft[]>(mappings)
  const change = (key: string, part: Partial<MappingDraft>) => setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const up = (at: number) => setRows((before) => before.flatMap((row, index) => (index === at - 1 ? [before[at] ?? row, row] : index === at ? [] : [row])))
  const input = { id, mappings: rows.map(({ group, role, scope }) => ({ group, role, scope })) }
  const [changes, setChanges] = useState<Parameters<typeof MappingChanges>[0]['changes'] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const look = () => startTransition(async () => {
    const answer = await previewMappingsAction(org, input)
    setChanges(answer.ok ? answer.value : null)
    setProblem(answer.ok ? null : refusalText(answer.refusal))
  })
  return (
    <ActionForm
      className="fields" label="Group mappings" onDone={() => toast({ title: 'Saved the group mappings' })}
      run={() => setMappingsAction(org, input)}
    >
      <p className="text-ink-2">
        {isOneRoleEach ? 'Everybody holds exactly one role: of several groups the upper one counts.' : 'Who is in several groups gets the roles of all of them.'} Roles follow at each sign-in; roles given by hand are left alone.
      </p>
      <ol className="grid gap-2">
        {rows.map((row, index) => (
          <li key={row.key} className="flex flex-wrap items-center gap-2">
            <Input aria-label={`Group ${index + 1}`} className="max-w-56" placeholder="Group at the provider" value={row.group} onChange={(event) => change(row.key, { group: event.currentTarget.value })} />
            <NativeSelect aria-label={`Role ${index + 1}`} className="max-w-56" options={roles} value={row.role} onChange={(event) => change(row.key, { role: event.currentTarget.value })} />
            <NativeSelect aria-label={`Where ${index + 1}`} className="max-w-56" options={scopes} value={row.scope} onChange={(event) => change(row.key, { scope: event.currentTarget.value })} />
            <Button size="small" disabled={index === 0} onClick={() => up(index)}>Move up</Button>
            <Button size="small" onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}>Remove</Button>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setRows((before) => [...before, { key: `new-${before.length}-${Date.now()}`, group: '', role: roles[0]?.value ?? '', scope: scopes[0]?.value ?? '' }])}>Add mapping</Button>
        <Button pending={pending} onClick={look}>See whose roles change</Button>
        <SubmitButton>Save mappings</SubmitButton>
      </div>
      {problem ? <Banner tone="bad" live>{problem}</Banner> : null}
      {changes ? <MappingChanges changes={changes} /> : null}
    </ActionForm>
  )
}
