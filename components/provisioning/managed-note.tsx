'use client'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Banner } from '@/components/ui/banner'
import { managerInWords } from '@/lib/features/provisioning/rules'
import { release, type Managed } from './managed-deeds'
import { directoryHref } from './directory-href'

const LOCKED = {
  user: 'Whether they may enter is decided there and locked here; roles are given here all the same.',
  group: 'Its name and its people come from there and are locked here; description, roles and policy are decided here.',
}

/** On the page of what a directory decides about: who does, what that locks, and for those who may the way there and back. */
export function ManagedNote({ org, managed, mayProvision }: { org: string; managed: Managed; mayProvision: boolean }) {
  const { managedBy, type } = managed
  if (managedBy === null) return null
  const actions = mayProvision ? (
    <div className="flex flex-wrap gap-2">
      <LinkButton href={directoryHref(org, managedBy.id)} size="small">
        Show directory
      </LinkButton>
      <Button size="small" onClick={() => release(org, managed)}>
        Release…
      </Button>
    </div>
  ) : undefined
  return (
    <div className="mb-3">
      <Banner tone="accent" title={`Managed by ${managerInWords(managedBy)}`} actions={actions}>
        {LOCKED[type]}
      </Banner>
    </div>
  )
}
