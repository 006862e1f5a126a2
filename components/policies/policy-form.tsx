'use client'
import { Braces, LayoutDashboard, Network, Plug, Plus, ShieldCheck, Sparkles, Table2, Users } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { EmptyState } from '@/components/layout/empty-state'
import { Banner } from '@/components/ui/banner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { CodeRowView, EditingCatalogue, FormRowView, ResourceChoice } from '@/lib/features/policies/editing-view'
import { CodeRow } from './code-row'
import { FormRow } from './form-row'
import type { PolicySource } from './policy-source'
import { ProblemList } from './problem-list'
import { RowEditor } from './row-editor'
import type { PolicyDraft } from './use-policy-draft'

export type PolicyFormProps = {
  source: PolicySource
  draft: PolicyDraft
  catalogue: EditingCatalogue
  near: readonly ResourceChoice[]
  isReadOnly: boolean
  /** Opens the code at a place. */
  onShowCode: (start: number, end: number) => void
}

const ICONS: Readonly<Record<string, typeof Users>> = {
  General: Sparkles, Connection: Plug, Group: Users, Table: Table2, Dashboard: LayoutDashboard, Gatehouse: ShieldCheck,
}

/** The policy as rows: what it permits in plain words, and the statements that only the code shows. */
export function PolicyForm({ source, draft, catalogue, near, isReadOnly, onShowCode }: PolicyFormProps) {
  const [opened, setOpened] = useState<number | 'new' | null>(null)
  const { rows, problems, isParsed } = draft.reading
  const forms = rows.filter((row) => row.kind === 'row')
  const codes = rows.filter((row) => row.kind === 'code')
  // places among statements may have moved, so nothing is edited while the text is still being read
  const isBusy = draft.isEditing || !draft.isRead
  const isLocked = isReadOnly || isBusy

  if (!isParsed)
    return (
      <Banner tone="bad" title="The form waits until the code can be read">
        <p className="mb-2">Nothing is lost: the text is as you left it. Put this right in the code, and the form is back.</p>
        <ProblemList text={draft.text} problems={problems} onJump={onShowCode} />
      </Banner>
    )
  const add = isReadOnly ? null : (
    <Button variant={rows.length === 0 ? 'primary' : 'secondary'} icon={<Plus aria-hidden="true" />} disabled={isBusy || opened === 'new'} onClick={() => setOpened('new')}>
      Add policy
    </Button>
  )
  const close = (isDone: boolean) => isDone && setOpened(null)
  const editor = opened === 'new' ? (
    <RowEditor source={source} catalogue={catalogue} row={null} others={forms} near={near} isPending={draft.isEditing} onCancel={() => setOpened(null)} onDone={(row) => void draft.edit({ kind: 'add', row }).then(close)} />
  ) : null
  if (rows.length === 0 && !editor)
    return (
      <EmptyState icon={<ShieldCheck aria-hidden="true" />} title="Nothing is permitted yet" action={add}>
        A policy says what the people in this group may do: choose a category, an action, and what it is about.
      </EmptyState>
    )
  return (
    <div className="grid gap-3" aria-busy={isBusy}>
      {editor ?? (add ? <div>{add}</div> : null)}
      {catalogue.categories.map(({ title }) => (
        <RowGroup key={title} title={title} rows={forms.filter(({ category }) => category === title)} icon={iconOf(title)}>
          {(row) =>
            opened === row.index ? (
              <RowEditor key={row.index} source={source} catalogue={catalogue} row={row} others={forms.filter(({ index }) => index !== row.index)} near={near} isPending={draft.isEditing} onCancel={() => setOpened(null)} onDone={(content) => void draft.edit({ kind: 'change', index: row.index, row: content }).then(close)} />
            ) : (
              <FormRow key={row.index} row={row} isReadOnly={isReadOnly} isLocked={isLocked} onEdit={() => setOpened(row.index)} onDelete={() => void draft.edit({ kind: 'delete', index: row.index })} />
            )
          }
        </RowGroup>
      ))}
      <RowGroup title="Only in the code" rows={codes} icon={<Braces aria-hidden="true" />}>
        {(row) => <CodeRow key={row.index} row={row} text={draft.text} isReadOnly={isReadOnly} isLocked={isLocked} onShow={() => onShowCode(row.start, row.end)} onDelete={() => void draft.edit({ kind: 'delete', index: row.index })} />}
      </RowGroup>
    </div>
  )
}

function iconOf(title: string): ReactNode {
  const Icon = ICONS[title] ?? Network
  return <Icon aria-hidden="true" />
}

type RowGroupProps<Row> = { title: string; icon: ReactNode; rows: readonly Row[]; children: (row: Row) => ReactNode }

/** Rows of one category, which can be folded away; nothing when there are none. */
function RowGroup<Row extends FormRowView | CodeRowView>({ title, icon, rows, children }: RowGroupProps<Row>) {
  if (rows.length === 0) return null
  return (
    <details open className="row-group">
      <summary>
        {icon}
        <span className="font-semibold">{title}</span>
        <Badge>{rows.length}</Badge>
      </summary>
      <ul aria-label={title}>{rows.map(children)}</ul>
    </details>
  )
}
