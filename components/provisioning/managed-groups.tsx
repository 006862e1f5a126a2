'use client'
import { countOf } from '@/components/members/member-words'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { TextLink } from '@/components/ui/text-link'
import type { GroupChoice } from '@/lib/features/provisioning/choices'
import type { ManagedBy } from '@/lib/features/provisioning/rules'
import { release } from './managed-deeds'

const load = () => import('./hand-over-dialog').then((module) => module.HandOverDialog)

type Props = { org: string; directory: ManagedBy; groups: readonly GroupChoice[]; /** How many there are in all. */ count: number }

/** Groups a directory decides about, to be taken back, and the way to hand it another. */
export function ManagedGroups({ org, directory, groups, count }: Props) {
  return (
    <div className="grid gap-4">
      {groups.length === 0 ? <p className="text-ink-2">None yet. Groups that it pushes appear here; one that was made here can be handed over.</p> : null}
      <ul className="lines max-h-96 overflow-y-auto empty:hidden" aria-label={`Groups of ${directory.name}`} tabIndex={0}>
        {groups.map(({ id, name, members }) => (
          <li key={id}>
            <span className="min-w-0 flex-1 break-words">
              <TextLink href={`/${org}/groups/${id}`}>{name}</TextLink>
            </span>
            <span className="text-ink-2">{countOf(members, 'person', 'people')}</span>
            <Button size="small" onClick={() => release(org, { type: 'group', id, name, managedBy: directory })}>
              Release<span className="sr-only"> {name}</span>
            </Button>
          </li>
        ))}
      </ul>
      {count > groups.length ? <p className="text-ink-2">{`and ${(count - groups.length).toLocaleString('en')} more, on the Groups page.`}</p> : null}
      <div>
        <DialogButton load={load} dialogProps={{ org, directory }}>
          Hand over a group
        </DialogButton>
      </div>
    </div>
  )
}
