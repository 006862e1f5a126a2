'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { SURFACES, type Surface } from '@/lib/access/allowlist/surfaces'
import { checkAddressAction } from '@/lib/features/ip-allowlist/actions'
import { SURFACE_WORDS } from './words'

type Checked = { address: string; entry: { cidr: string } | null; surfaces: Readonly<Record<Surface, boolean>> }

/** Which entry covers an address, or that none does. */
export function CheckAddress({ org }: { org: string }) {
  const [found, setFound] = useState<Checked | null>(null)
  return (
    <ActionForm className="fields" label="Check an address" run={(data) => checkAddressAction(org, { address: String(data.get('address') ?? '') })} onDone={setFound}>
      <div className="max-w-80">
        <TextField name="address" label="Address" autoComplete="off" spellCheck={false} placeholder="203.0.113.7" />
      </div>
      {found === null ? null : (
        <p role="status">
          <code className="mono break-all">{found.address}</code>{' '}
          {found.entry === null ? 'is not listed.' : <>is listed by <code className="mono break-all">{found.entry.cidr}</code> for {SURFACES.filter((surface) => found.surfaces[surface]).map((surface) => SURFACE_WORDS[surface].title).join(', ')}.</>}
        </p>
      )}
      <div>
        <SubmitButton variant="secondary">Check</SubmitButton>
      </div>
    </ActionForm>
  )
}
