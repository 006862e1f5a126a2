import type { Part } from '@/lib/features/audit-events/sentences'

/** A sentence about an event; names and values stand out. */
export function Sentence({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) => (part.strong ? <b key={index} className="font-[550]">{part.text}</b> : part.text))
}
