import type { ActionResult } from '@/lib/boundary/result'

type Listener = (answer: (isProven: boolean) => void) => void
let listener: Listener | null = null

/** Asks whoever is at the browser to prove once more that it is them; IdentityHost of the page shows the question. */
export const askForIdentity = (): Promise<boolean> => new Promise((resolve) => (listener ? listener(resolve) : resolve(false)))

/** For IdentityHost. */
export function onIdentityQuestion(next: Listener): () => void {
  listener = next
  return () => {
    if (listener === next) listener = null
  }
}

/**
 * Does something that may be refused until the person has proven once more that it is them; then asks, and does it
 * again as it was. Forms and confirmations do this by themselves; other callers of a dangerous action take this.
 */
export async function withIdentity<V>(work: () => Promise<ActionResult<V>>): Promise<ActionResult<V>> {
  const result = await work()
  if (result.ok || result.refusal.code !== 'confirmation-required') return result
  return (await askForIdentity()) ? work() : result
}
