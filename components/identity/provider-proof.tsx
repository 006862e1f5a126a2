type ProviderProofProps = { provider: { name: string; href: string }; next: string | null; children?: string }

/** The way to the identity provider, which asks again who it is and leads back. */
export function ProviderProof({ provider: { name, href }, next, children }: ProviderProofProps) {
  return (
    <div className="grid gap-1">
      <a href={`${href}${next ? `&next=${encodeURIComponent(next)}` : ''}`} className="btn btn-wide">Confirm through {name}</a>
      {children ? <p className="text-[13px] text-ink-2">{children}</p> : null}
    </div>
  )
}
