import { sealPending } from '@/lib/features/audit-events/sealing'
import { repeat, type Job } from './repeat'

const PAUSE_MS = 500

/**
 * Seals what was committed to the audit log, within about half a second. An idle round is one query;
 * a failure is logged once and tried again. Safe in several processes at once.
 */
export const startSealing = (): Job => repeat('seal-audit', PAUSE_MS, () => sealPending())
