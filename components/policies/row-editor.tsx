'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import type { RowContent } from '@/lib/access/policies/form'
import type { EditingCatalogue, FormRowView, ResourceChoice } from '@/lib/features/policies/editing-view'
import { PlacePicker } from './place-picker'
import type { PolicySource } from './policy-source'
import { AS_IT_IS, choiceOfRow, itemOf, needsPlace, reachesOf, resourceOf, type Reach, type RowChoice } from './row-choice'

export type RowEditorProps = {
  source: PolicySource
  catalogue: EditingCatalogue
  /** The row to change; null for a new one. */
  row: FormRowView | null
  /** The other rows, to mark what is there already. */
  others: readonly FormRowView[]
  /** Resources that are near: the connection a group belongs to, the group itself. Taken where an action is about that type. */
  near: readonly ResourceChoice[]
  isPending: boolean
  onDone: (content: RowContent) => void
  onCancel: () => void
}

const EMPTY: RowChoice = { category: '', value: '', place: null, reach: 'within' }

const REACHES: Readonly<Record<Reach, (name: string) => string>> = {
  within: (name) => `${name} and everything below`,
  one: (name) => `Only ${name} itself`,
}

/** Category, action, resource: what a row says, to add or to change. */
export function RowEditor({ source, catalogue, row, others, near, isPending, onDone, onCancel }: RowEditorProps) {
  const [choice, setChoice] = useState<RowChoice>(row ? choiceOfRow(row) : EMPTY)
  const keeps = row !== null && choice.value === AS_IT_IS && choice.category === row.category
  const item = keeps ? { value: AS_IT_IS, title: row.title, description: '', permissions: row.permissions, types: 'any' as const } : itemOf(catalogue, choice)
  const resource = item ? resourceOf(catalogue, item, choice) : null
  const items = catalogue.categories.find(({ title }) => title === choice.category)?.items ?? []

  function chooseAction(category: string, value: string) {
    const next = itemOf(catalogue, { category, value })
    const home = next && next.types !== 'any' ? near.find(({ type }) => next.types.length === 1 && next.types.includes(type)) : undefined
    const isKept = choice.place?.kind === 'resource' && next !== undefined && reachesOf(catalogue, next, choice.place.resource.type).length > 0
    setChoice({ category, value, reach: choice.reach, place: home ? { kind: 'resource', resource: home } : isKept ? choice.place : null })
  }
  function chooseCategory(category: string) {
    const only = catalogue.categories.find(({ title }) => title === category)?.items
    chooseAction(category, only?.length === 1 ? (only[0]?.value ?? '') : '')
  }
  const reaches = item && choice.place?.kind === 'resource' ? reachesOf(catalogue, item, choice.place.resource.type) : []
  const name = choice.place?.kind === 'resource' ? choice.place.resource.name : ''
  return (
    <div role="group" aria-label={row ? `Change ${row.title}` : 'New policy'} className="row-editor">
      <div className="grid gap-3 md:grid-cols-3">
        <div>
          <Label htmlFor="row-category">Category</Label>
          <NativeSelect id="row-category" className="mt-1" autoFocus value={choice.category} placeholder="Choose a category" options={catalogue.categories.map(({ title }) => ({ value: title, label: title }))} onChange={(event) => chooseCategory(event.currentTarget.value)} />
        </div>
        <div>
          <Label htmlFor="row-action">Action</Label>
          <NativeSelect
            id="row-action"
            className="mt-1"
            value={choice.value}
            disabled={choice.category === ''}
            {...(row?.choice === null && choice.category === row.category ? {} : { placeholder: 'Choose an action' })}
            options={[...(row?.choice === null && choice.category === row.category ? [{ value: AS_IT_IS, label: row.title }] : []), ...items.map(({ value, title }) => ({ value, label: title }))]}
            onChange={(event) => chooseAction(choice.category, event.currentTarget.value)}
          />
        </div>
        {item && needsPlace(item) ? (
          <PlacePicker key={choice.value} source={source} catalogue={catalogue} item={item} others={others} place={choice.place} onPlace={(place) => setChoice({ ...choice, place })} />
        ) : null}
      </div>
      {item?.description ? <p className="field-hint">{item.description}</p> : null}
      {reaches.length > 1 ? (
        <div>
          <Label htmlFor="row-reach">Reach</Label>
          <NativeSelect id="row-reach" className="mt-1 md:w-auto!" value={choice.reach} options={reaches.map((value) => ({ value, label: REACHES[value](name) }))} onChange={(event) => setChoice({ ...choice, reach: event.currentTarget.value === 'one' ? 'one' : 'within' })} />
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" size="small" pending={isPending} disabled={!item || !resource} onClick={() => item && resource && onDone({ permissions: item.permissions, resource })}>
          {row ? 'Save row' : 'Add'}
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
