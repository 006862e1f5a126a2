/** A message of an error (lower case, no full stop, given text in back-ticks) as a sentence for people. */
export function sentence(message: string): string {
  const text = message.trim().replace(/`([^`]*)`/g, '“$1”')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}
