import type { Refusal } from './report'

/** What a server action answers: the value, or a refusal the page can show beside the fields. */
export type ActionResult<V> = { ok: true; value: V } | { ok: false; refusal: Refusal }
