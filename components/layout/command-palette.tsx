'use client'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { CornerDownLeft, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toRoute } from '@/components/ui/route'
import type { PaletteEntry, PaletteSearch } from './navigation'
import { usePaletteSearch } from './use-palette-search'

export type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Tabs and actions one may use, by heading. */
  groups: readonly { heading: string; entries: readonly PaletteEntry[] }[]
  search?: PaletteSearch | undefined
}

type Group = { value: string; items: PaletteEntry[] }

/** Every word typed must begin a word of the entry. */
function fits(entry: PaletteEntry, heading: string, text: string): boolean {
  const words = `${heading} ${entry.label} ${entry.detail ?? ''}`.toLowerCase().split(/\s+/)
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((typed) => words.some((word) => word.startsWith(typed)))
}

/** Goes to any tab, starts the common actions, and finds people and things on the server while one types. */
export function CommandPalette({ open, onOpenChange, groups, search }: CommandPaletteProps) {
  const router = useRouter()
  const [text, setText] = useState('')
  const { results, pending, failed, ask } = usePaletteSearch(search)
  const headings = [...new Set(results.map((result) => result.group))]
  const shown: Group[] = [
    ...groups.map(({ heading, entries }) => ({ value: heading, items: entries.filter((entry) => fits(entry, heading, text)) })),
    ...headings.map((value) => ({ value, items: results.filter((result) => result.group === value) })),
  ].filter((group) => group.items.length > 0)

  function type(next: string) {
    setText(next)
    ask(next)
  }
  function change(next: boolean) {
    onOpenChange(next)
    if (!next) type('')
  }
  function go(entry: PaletteEntry) {
    change(false)
    router.push(toRoute(entry.href))
  }
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="dialog palette" aria-label="Search or go to">
          <Autocomplete.Root inline open items={shown} filter={null} value={text} onValueChange={type} autoHighlight="always" itemToStringValue={(entry: PaletteEntry) => entry.label}>
            <div className="palette-input" data-pending={pending ? '' : undefined}>
              <Search aria-hidden="true" />
              <Autocomplete.Input placeholder="Search people and resources, or go to a tab" aria-label="Search or go to" />
              <Dialog.Close className="btn btn-quiet btn-small">Close</Dialog.Close>
            </div>
              <Autocomplete.Status className="menu-note empty:hidden">
                {failed ? 'The search did not answer. Type again to retry.' : pending && shown.length === 0 ? 'Searching' : ''}
              </Autocomplete.Status>
              <Autocomplete.Empty className="menu-note empty:hidden">{pending || failed ? '' : 'Nothing found.'}</Autocomplete.Empty>
              <Autocomplete.List className="palette-list">{(group: Group) => <PaletteGroup key={group.value} group={group} onGo={go} />}</Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteGroup({ group, onGo }: { group: Group; onGo: (entry: PaletteEntry) => void }) {
  return (
    <Autocomplete.Group items={group.items}>
      <Autocomplete.GroupLabel className="menu-label">{group.value}</Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(entry: PaletteEntry) => (
          <Autocomplete.Item key={entry.href + entry.label} value={entry} className="menu-item" onClick={() => onGo(entry)}>
            <span className="truncate">{entry.label}</span>
            {entry.detail ? <span className="ml-auto truncate text-[13px] text-ink-3">{entry.detail}</span> : null}
            <CornerDownLeft aria-hidden="true" className="enter" />
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}
