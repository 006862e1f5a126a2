/** A signed-in browser as lists show it. Times are ISO. */
export type SessionSummary = { id: string; device: string; method: string; address: string; createdAt: string; lastSeenAt: string; isCurrent: boolean }
