import { Eye, Pencil, Plus, Trash2 } from 'lucide-react'
import type { Verb } from '@/lib/access/models/access-model'

const MARKS = [['read', Eye], ['add', Plus], ['edit', Pencil], ['delete', Trash2]] as const

/** What somebody may do somewhere, in four marks; what they may not is a dot. */
export function Glance({ verbs, place }: { verbs: readonly Verb[]; place: string }) {
  const words = verbs.length === 0 ? `nothing in ${place}` : `${verbs.join(', ')} in ${place}`
  return (
    <span className="glance" title={words.charAt(0).toUpperCase() + words.slice(1)}>
      <span className="sr-only">{words}</span>
      {MARKS.map(([verb, Icon]) => (verbs.includes(verb) ? <Icon key={verb} aria-hidden="true" /> : <span key={verb} aria-hidden="true" />))}
    </span>
  )
}
