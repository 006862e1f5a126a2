import { CircleAlert, CircleCheck } from 'lucide-react'

type NameRule = { pattern: string | null; text: string | null }

/** Whether a name follows the model's rule; null as long as nothing is typed, or without a rule. */
function isGood(name: string, pattern: string | null): boolean | null {
  const typed = name.trim()
  return pattern === null || typed === '' ? null : new RegExp(pattern, 'u').test(typed)
}

/** The rule of a name, told as followed or not while one types. */
export function NameHint({ name, rule: { pattern, text } }: { name: string; rule: NameRule }) {
  if (text === null) return null
  const good = isGood(name, pattern)
  const Icon = good ? CircleCheck : CircleAlert
  return (
    <span className="name-hint" data-good={good ?? undefined}>
      {good === null ? null : <Icon aria-hidden="true" />}
      {text.charAt(0).toUpperCase() + text.slice(1)}.{good === false ? ' This name does not follow that yet.' : ''}
    </span>
  )
}
