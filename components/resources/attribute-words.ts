import type { AttributeValue } from '@/lib/features/resources/rules'

/** "costCenter" as people read it: "Cost center". */
export function attributeTitle(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value as people read it. */
export const attributeInWords = (value: AttributeValue): string => (typeof value === 'boolean' ? (value ? 'Yes' : 'No') : typeof value === 'object' ? value.join(', ') : String(value))
