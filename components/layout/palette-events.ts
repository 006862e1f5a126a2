const OPEN = 'palette-open'

/** Opens the command palette of the page. */
export const openPalette = (): void => void window.dispatchEvent(new Event(OPEN))

/** For the palette's host. */
export function onOpenPalette(listener: () => void): () => void {
  window.addEventListener(OPEN, listener)
  return () => window.removeEventListener(OPEN, listener)
}
