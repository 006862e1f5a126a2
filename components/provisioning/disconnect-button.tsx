'use client'
import { useRouter } from 'next/navigation'
import { toldWith } from '@/components/access-preview/told-with'
import { askToConfirm } from '@/components/forms/confirm'
import { countOf } from '@/components/members/member-words'
import { Button } from '@/components/ui/button'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { deleteDirectoryAction, previewDisconnectionAction } from '@/lib/features/provisioning/actions'
import type { DirectoryRow } from '@/lib/features/provisioning/rules'

/** Ends a directory once it was shown what goes and what stays. */
export function DisconnectButton({ org, directory, mappings }: { org: string; directory: Pick<DirectoryRow, 'id' | 'name' | 'users' | 'groups' | 'tokens'>; mappings: number }) {
  const router = useRouter()
  const { id, name, users, groups, tokens } = directory
  const words = `${countOf(tokens.length, 'token')} and ${countOf(mappings, 'mapping')} go, and roles the mappings gave are taken away at once. ${countOf(users, 'user')} and ${countOf(groups, 'group')} stay, and are decided about here again. This cannot be undone.`
  const ask = () => askToConfirm({
    title: `Disconnect ${name}?`, description: toldWith(words, () => previewDisconnectionAction(org, { id })), confirmLabel: 'Disconnect', danger: true, typedName: name,
    onConfirm: () => deleteDirectoryAction(org, { id }),
    onDone: () => {
      toast({ title: `Disconnected ${name}` })
      router.push(toRoute(`/${org}/settings/provisioning`))
    },
  })
  return <Button onClick={ask}>Disconnect…</Button>
}
