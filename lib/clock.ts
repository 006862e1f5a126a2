let fixed: Date | null = null

/** The time of this moment; everything that decides by time asks here, so that tests can set it. */
export const now = (): Date => fixed ?? new Date()

/** For tests: holds the clock at a moment, or with null lets it run again. */
export function setClock(at: Date | null): void {
  fixed = at
}
