import type { Refusal } from './report'

/** What became of one of several rows: done, or refused with the reason. */
export type BulkAnswer = { id: string; refusal: Refusal | null }
