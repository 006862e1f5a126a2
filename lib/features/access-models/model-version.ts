/** A version of an organization's own access model, without its text. */
export type ModelVersion = { version: number; note: string; savedBy: string; savedAt: Date }
