/** Up to two letters: of first and last word of a name, or the beginning of an address. */
export function initials(name: string): string {
  const words = name.replace(/@.*/, '').split(/[\s._-]+/).filter(Boolean)
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : words[0]?.slice(1)]
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase()
}

/** Somebody's initials; decoration, since the name stands beside it. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span aria-hidden="true" className={large ? 'avatar avatar-large' : 'avatar'}>
      {initials(name)}
    </span>
  )
}
