'use client'
import { useRef } from 'react'
import { Field, type ControlProps } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { suggestSlug } from '@/lib/features/accounts/slug-suggestion'

/** Name and address of a new organization. The address follows the name until somebody types one. */
export function OrganizationNameFields({ nameField, site }: { nameField: string; /** What stands before the address, such as `localhost:3000/`. */ site: string }) {
  const slug = useRef<HTMLInputElement>(null)
  const isOwn = useRef(false)
  const follow = (name: string) => {
    if (slug.current && !isOwn.current) slug.current.value = suggestSlug(name)
  }
  const address = (control: ControlProps) => (
    <div className="flex min-w-0 items-center gap-1.5">
      <span aria-hidden="true" className="dim hidden max-w-[50%] shrink-0 truncate sm:inline">
        {site}
      </span>
      <Input {...control} ref={slug} required={false} maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} onInput={(event) => (isOwn.current = event.currentTarget.value !== '')} />
    </div>
  )
  return (
    <>
      <Field name={nameField} label="Organization name">
        {(control) => <Input {...control} maxLength={80} autoComplete="organization" onInput={(event) => follow(event.currentTarget.value)} />}
      </Field>
      <Field name="slug" label="Address" hint="Lower-case letters, digits and hyphens. It stays when the organization is renamed; left empty, it is made from the name.">
        {address}
      </Field>
    </>
  )
}
