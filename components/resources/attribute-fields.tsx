'use client'
import { SelectField } from '@/components/forms/select-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { TextField } from '@/components/forms/text-field'
import type { AttributeType } from '@/lib/access/models/access-model'
import type { AttributeValue } from '@/lib/features/resources/rules'
import { attributeTitle } from './attribute-words'

type Declared = readonly (readonly [string, AttributeType])[]
type Values = Readonly<Record<string, AttributeValue>>

const HINTS: Partial<Readonly<Record<AttributeType, string>>> = {
  Long: 'A whole number.', ipaddr: 'An address or a range, such as 10.0.0.0/8.', datetime: 'Such as 2027-01-31T00:00:00Z.', User: 'The id of a user, usr_….',
  'Set<String>': 'One on each line.',
}

const textOf = (value: AttributeValue | undefined): string => (value === undefined ? '' : typeof value === 'object' ? value.join('\n') : String(value))

const nameOf = (name: string): string => `attributes.${name}`

/** A control for each attribute that the model declares, by its type. */
export function AttributeFields({ declared, values }: { declared: Declared; values: Values }) {
  return declared.map(([name, type]) => {
    const field = { name: nameOf(name), label: attributeTitle(name), optional: true, hint: HINTS[type] }
    const defaultValue = textOf(values[name])
    if (type === 'Boolean')
      return <SelectField key={name} {...field} defaultValue={defaultValue} options={[{ value: '', label: 'Not set' }, { value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]} />
    if (type === 'Set<String>') return <TextareaField key={name} {...field} defaultValue={defaultValue} rows={3} spellCheck={false} />
    return <TextField key={name} {...field} defaultValue={defaultValue} autoComplete="off" spellCheck={false} {...(type === 'Long' && { inputMode: 'numeric' as const })} />
  })
}

function valueOf(type: AttributeType, text: string): AttributeValue | null {
  if (text === '') return null
  switch (type) {
    case 'Boolean': return text === 'true'
    case 'Long': return Number.isSafeInteger(Number(text)) ? Number(text) : text
    case 'Set<String>': return text.split('\n').map((line) => line.trim()).filter(Boolean)
    case 'String': case 'ipaddr': case 'datetime': case 'User': return text
  }
}

/** What the fields say, as the operation takes it: null for what was emptied. */
export const attributesFrom = (declared: Declared, data: FormData): Record<string, AttributeValue | null> =>
  Object.fromEntries(declared.map(([name, type]) => [name, valueOf(type, String(data.get(nameOf(name)) ?? '').trim())]))
