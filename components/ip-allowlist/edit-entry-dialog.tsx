'use client'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { updateEntryAction } from '@/lib/features/ip-allowlist/actions'
import type { EntryRow } from '@/lib/features/ip-allowlist/range-words'
import { endOf, SurfaceFields, surfacesIn } from './entry-fields'

/** Describes an entry anew, or changes what it opens and until when. Its address stays. */
export function EditEntryDialog({ org, entry: { id, cidr, description, surfaces, expiresAt }, ...dialog }: LazyDialogProps & { org: string; entry: EntryRow }) {
  const run = (data: FormData) => updateEntryAction(org, { id, description: String(data.get('description') ?? ''), surfaces: surfacesIn(data), expiresAt: endOf(data) })
  return (
    <EditDialog {...dialog} title={`Change ${cidr}`} description="Its address stays: another address is another entry." run={run} saved={() => `Changed ${cidr}`}>
      <TextField name="description" label="Description" optional maxLength={200} defaultValue={description} autoComplete="off" />
      <SurfaceFields chosen={surfaces} />
      <TextField name="expiresAt" label="Ends (UTC)" optional type="datetime-local" defaultValue={expiresAt?.slice(0, 16) ?? ''} />
    </EditDialog>
  )
}
