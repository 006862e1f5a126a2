/** Is there a process of this number that still runs (also another user's)? A zombie does not. */
export function isRunning(pid: number): boolean

/** A name no other process and no other call has: `<pid>.<start time>.<random>`. */
export function processMark(): string

/** Does the process that made this mark still run? */
export function isMarkAlive(mark: string): boolean

/** The marks of living processes in a folder of mark files; those of dead ones are removed. */
export function livingMarks(folder: string, prefix?: string): string[]

/**
 * Runs `work` while no other process that asks for the same folder runs its own. Nothing is left behind by a
 * process that was killed.
 *
 * @param folder made if missing; one folder is one lock
 * @param options `waitMs` how long to wait (default 60,000), `onWait` called once when there is a wait
 * @throws Error when the lock was not free in time
 */
export function withFileLock<T>(
  folder: string,
  work: () => T | Promise<T>,
  options?: { waitMs?: number; onWait?: () => void },
): Promise<T>
