'use client'
import { Plus } from 'lucide-react'
import { toldWith } from '@/components/access-preview/told-with'
import { askToConfirm } from '@/components/forms/confirm'
import { countOf } from '@/components/members/member-words'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { deleteMappingAction, previewUnmappingAction } from '@/lib/features/provisioning/actions'
import type { MappingRow } from '@/lib/features/provisioning/rules'
import type { MappingDialogProps } from './mapping-dialog'

const load = () => import('./mapping-dialog').then((module) => module.MappingDialog)

type MappingListProps = Omit<MappingDialogProps, 'mapping'> & { mappings: readonly MappingRow[] }

const peopleOf = ({ groups }: MappingRow): number => groups.reduce((sum, { members }) => sum + members, 0)

function Reach({ mapping }: { mapping: MappingRow }) {
  if (mapping.groups.length === 0) return <StatusPill tone="warn">Waits for the group</StatusPill>
  return <StatusPill tone="ok">{`${countOf(peopleOf(mapping), 'person', 'people')} in it`}</StatusPill>
}

/** Which groups give which roles where, in the order in which they count, and how many people are in them. */
export function MappingList({ mappings, ...place }: MappingListProps) {
  const { org } = place
  const remove = (mapping: MappingRow) => askToConfirm({
    title: `Delete the mapping of ${mapping.value}?`,
    description: toldWith(`${mapping.role.title} in ${mapping.scope.name} goes with it, at once. The group itself stays.`, () => previewUnmappingAction(org, { id: mapping.id })),
    confirmLabel: 'Delete mapping', danger: true,
    onConfirm: () => deleteMappingAction(org, { id: mapping.id }), onDone: () => toast({ title: `Deleted the mapping of ${mapping.value}` }),
  })
  return (
    <div className="grid gap-4">
      {mappings.length === 0 ? <p className="text-ink-2">No mapping yet: groups that come give what roles and policies they are given on the Groups page.</p> : null}
      <ol className="lines empty:hidden" aria-label="Mappings">
        {mappings.map((mapping) => (
          <li key={mapping.id}>
            <span className="w-6 shrink-0 text-right tabular-nums text-ink-3" title="Priority">
              {mapping.priority}
            </span>
            <span className="min-w-0 flex-1">
              <strong className="break-words">{mapping.value}</strong>
              {mapping.matchBy === 'external-id' ? <span className="text-ink-3"> (external id)</span> : null}
              <span className="block text-ink-2">
                gives {mapping.role.title} in {mapping.scope.name}
              </span>
            </span>
            <Reach mapping={mapping} />
            <span className="flex gap-2">
              <DialogButton size="small" load={load} dialogProps={{ ...place, mapping }}>
                Change<span className="sr-only"> the mapping of {mapping.value}</span>
              </DialogButton>
              <Button size="small" onClick={() => remove(mapping)}>
                Delete<span className="sr-only"> the mapping of {mapping.value}</span>
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <div>
        <DialogButton icon={<Plus aria-hidden="true" />} load={load} dialogProps={place}>
          Map a group
        </DialogButton>
      </div>
    </div>
  )
}
