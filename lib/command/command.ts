import type { Arguments } from './arguments'

/** What a command says: JSON for programs, lines for people. `hasFailed` makes the exit code 1. */
export type CommandAnswer = { json: unknown; lines: readonly string[]; hasFailed?: boolean }

/** Reads what was typed, then hands back the work; the environment is complete and the database open when that runs. */
export type Command = (args: Arguments) => () => Promise<CommandAnswer>
