/** Gives the browser a file to keep, made from a text it already has. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has begun by then; the text does not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
