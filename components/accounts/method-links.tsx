import { PlainLink } from './plain-link'

type Method = { id: string; name: string; href: string; organization: string }

/** Ways in through identity providers. With several organizations each says which one it opens; without one it opens the account. */
export function MethodLinks({ methods, next }: { methods: readonly Method[]; next: string | null }) {
  const areSeveral = new Set(methods.map(({ organization }) => organization)).size > 1
  if (methods.length === 0) return null
  return (
    <div className="grid gap-2">
      {methods.map(({ id, name, href, organization }) => (
        <PlainLink key={id} button href={`${href}${next ? `?next=${encodeURIComponent(next)}` : ''}`}>Continue with {name}{areSeveral && organization ? ` (${organization})` : ''}</PlainLink>
      ))}
    </div>
  )
}
