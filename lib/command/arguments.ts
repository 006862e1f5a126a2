import { parseArgs } from 'node:util'
import { UsageError } from './usage'

const OPTIONS = {
  name: { type: 'string' }, slug: { type: 'string' }, model: { type: 'string' }, 'model-file': { type: 'string' }, 'admin-email': { type: 'string' }, 'password-stdin': { type: 'boolean' },
  'key-days': { type: 'string' }, org: { type: 'string' }, email: { type: 'string' }, days: { type: 'string' }, all: { type: 'boolean' },
  json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
} as const

export type OptionName = keyof typeof OPTIONS
type TextName = { [N in OptionName]: (typeof OPTIONS)[N]['type'] extends 'string' ? N : never }[OptionName]
type FlagName = Exclude<OptionName, TextName>

const DAYS_MAX = 3650

/** What was typed after the command's name, read strictly. */
export class Arguments {
  readonly words: readonly string[]
  private readonly values: Readonly<Partial<Record<OptionName, string | boolean>>>

  /** @throws UsageError for an option that does not exist or lacks its value */
  constructor(args: readonly string[]) {
    try {
      const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
      this.values = values
      this.words = positionals
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error))
    }
  }

  flag(name: FlagName): boolean {
    return this.values[name] === true
  }

  /** @throws UsageError when it is given and empty */
  optional(name: TextName): string | undefined {
    const value = this.values[name]
    if (typeof value !== 'string') return undefined
    if (value.trim() === '') throw new UsageError(`--${name} is empty`)
    return value.trim()
  }

  /** @throws UsageError when it is missing */
  required(name: TextName): string {
    const value = this.optional(name)
    if (value === undefined) throw new UsageError(`--${name} is missing`)
    return value
  }

  /** A number of days. @throws UsageError when it is no whole number from 1 to 3650 */
  days(name: 'days' | 'key-days'): number | undefined {
    const text = this.optional(name)
    if (text === undefined) return undefined
    const days = Number(text)
    if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) throw new UsageError(`--${name} is a whole number from 1 to ${DAYS_MAX}`)
    return days
  }

  /** Refuses options that this command does not know. @throws UsageError */
  allow(...names: readonly OptionName[]): void {
    const known = new Set<string>([...names, 'json', 'help'])
    const other = Object.keys(this.values).find((name) => !known.has(name))
    if (other !== undefined) throw new UsageError(`--${other} is no option of this command`)
  }
}
