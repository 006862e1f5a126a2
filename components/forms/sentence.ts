/** A message of an error (lower case, no full stop, given text in back-ticks) as a sentence for people. */
export function sentence(message: string): string {
  const text = message.trim().replace(/`([^`]*)`/g, '“$1”')
  if (text === '') return ''
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return /[.?!”]$/.test(begun) && !/”$/.test(begun) ? begun : `${begun}.`
}
