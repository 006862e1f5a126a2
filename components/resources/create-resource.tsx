'use client'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { createResourceAction } from '@/lib/features/resources/actions'
import type { Creatable } from '@/lib/features/resources/denials'
import { NameHint } from './name-hint'

type CreateResourceProps = { org: string; parent: { id: string; name: string }; options: readonly Creatable[]; /** Opened by the address. */ isAsked?: boolean }

const lower = (title: string): string => (/^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1))

/** What else there is to know of a type: how many there may be, or why none can be made. */
function Limit({ option }: { option: Creatable }) {
  const { limit, plural, disabledReason } = option
  if (disabledReason !== null) return <p className="field-error">{disabledReason.charAt(0).toUpperCase() + disabledReason.slice(1)}.</p>
  return limit === null ? null : <p className="text-[13px] text-ink-3 tabular-nums">{limit.count} of {limit.max} {lower(plural)}</p>
}

/** Makes something in place: type, name, done; the form stays for the next one. */
export function CreateResource({ org, parent, options, isAsked = false }: CreateResourceProps) {
  const router = useRouter()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(isAsked)
  const [type, setType] = useState(options.find(({ disabledReason }) => disabledReason === null)?.type ?? options[0]?.type ?? '')
  const [name, setName] = useState('')
  const option = options.find((each) => each.type === type) ?? options[0]
  if (!option) return null

  function close() {
    setOpen(false)
    button.current?.focus()
  }
  function done({ id: made, name: called }: { id: string; name: string }) {
    setName('')
    toast({ title: `Created ${called} in ${parent.name}`, action: { label: 'Open', onSelect: () => router.push(toRoute(`/${org}/folders/${made}`)) } })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
  }
  return (
    <div className="create-place">
      <Button ref={button} icon={<Plus aria-hidden="true" />} aria-expanded={isOpen} aria-controls={id} onClick={() => (isOpen ? close() : setOpen(true))}>
        {options.length === 1 ? `New ${lower(option.title)}` : 'New'}
      </Button>
      {isOpen ? (
        <div id={id} className="create-form" onKeyDown={onKeyDown}>
          <ActionForm label={`New in ${parent.name}`} run={(data) => createResourceAction(org, { type, name: String(data.get('name')), parent: parent.id })} onDone={done}>
            <div className="create-fields">
              {options.length === 1 ? null : (
                <Field name="type" label="Type">
                  {(control) => (
                    <NativeSelect {...control} value={type} onChange={(event) => setType(event.currentTarget.value)} options={options.map((each) => ({ value: each.type, label: each.title }))} />
                  )}
                </Field>
              )}
              <Field name="name" label="Name" hint={<NameHint name={name} rule={{ pattern: option.namePattern, text: option.nameRule }} />}>
                {(control) => <Input {...control} value={name} onChange={(event) => setName(event.currentTarget.value)} autoFocus autoComplete="off" spellCheck={false} />}
              </Field>
              <SubmitButton disabled={option.disabledReason !== null}>Create {lower(option.title)}</SubmitButton>
              <Button variant="quiet" onClick={close}>Close</Button>
            </div>
            <Limit option={option} />
          </ActionForm>
        </div>
      ) : null}
    </div>
  )
}
