import { redacted } from './redaction'

export type DiffRow = { field: string; before: string | null; after: string | null; change: 'added' | 'removed' | 'changed' | 'same' }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `accessModel` → "Access model"; steps into nested values are shown with a middle dot. */
const labelOf = (path: string): string =>
  path.split('.').map((step) => step.replace(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`).replace(/[-_]/g, ' ')).map((step) => step.charAt(0).toUpperCase() + step.slice(1)).join(' · ')

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => (isObject(item) ? JSON.stringify(item) : textOf(item))).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isObject(value)) return JSON.stringify(value)
  return String(value) || '(empty)'
}

function flatten(value: Readonly<Record<string, unknown>> | null, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>()
  for (const [key, inner] of Object.entries(value ?? {})) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (isObject(inner) && Object.keys(inner).length > 0) for (const [deeper, each] of flatten(inner, path)) flat.set(deeper, each)
    else flat.set(path, inner)
  }
  return flat
}

/** Before and after, field by field, what differs first. Secrets are never shown. */
export function diffOf(before: Readonly<Record<string, unknown>> | null, after: Readonly<Record<string, unknown>> | null): DiffRow[] {
  const [old, now] = [flatten(before), flatten(after)]
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((path): DiffRow => {
    const shown = (side: Map<string, unknown>) => (side.has(path) ? textOf(redacted(path, side.get(path))) : null)
    const isSame = old.has(path) && now.has(path) && JSON.stringify(old.get(path)) === JSON.stringify(now.get(path))
    const change = isSame ? 'same' : !old.has(path) ? 'added' : !now.has(path) ? 'removed' : 'changed'
    return { field: labelOf(path), before: shown(old), after: shown(now), change }
  })
  return [...rows.filter((row) => row.change !== 'same'), ...rows.filter((row) => row.change === 'same')]
}
