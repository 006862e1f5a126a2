import { longOf } from './longs'
import { Datetime, Decimal, Duration } from './values'

const DATETIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?(?:Z|([+-])(\d{2})(\d{2})))?$/
const DURATION = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const DECIMAL = /^(-?)(\d+)\.(\d{1,4})$/

const U64_MAX = 2n ** 64n - 1n
const I64_MAX = 2n ** 63n - 1n
const UNITS = [86_400_000n, 3_600_000n, 60_000n, 1_000n, 1n]

const whole = (digits: string | undefined) => Number(digits ?? '0')

/**
 * A moment as Cedar's `datetime` reads it: `2026-01-31`, or with time and `Z` or an offset such as `+0130`.
 *
 * @returns null when it is not one
 */
export function parseDatetime(text: string): Datetime | null {
  const found = DATETIME.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, ms, sign, offsetHours, offsetMinutes] = found
  const parts = [whole(hour), whole(minute), whole(second)] as const
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59 || whole(offsetHours) > 23 || whole(offsetMinutes) > 59) return null
  const date = new Date(0)
  date.setUTCFullYear(whole(year), whole(month) - 1, whole(day))
  if (date.getUTCMonth() !== whole(month) - 1 || date.getUTCDate() !== whole(day)) return null
  const offset = (sign === '-' ? -1 : 1) * (whole(offsetHours) * 60 + whole(offsetMinutes))
  return new Datetime(date.getTime() + ((parts[0] * 60 + parts[1] - offset) * 60 + parts[2]) * 1000 + whole(ms))
}

/**
 * A span as Cedar's `duration` reads it: `1d12h`, `-90m`, `1500ms`.
 *
 * @returns null when it is not one, or does not fit in 64 bits
 */
export function parseDuration(text: string): Duration | null {
  const found = DURATION.exec(text)
  if (!found || text === '' || text === '-') return null
  const sign = found[1] === '-' ? -1n : 1n
  let sum = 0n
  for (const [place, unit] of UNITS.entries()) {
    const count = BigInt(found[place + 2] ?? '0')
    // Cedar computes each part in 64 bits before it adds: only milliseconds may use the one number more below zero
    if (count > U64_MAX || (unit !== 1n && count * unit > I64_MAX)) return null
    sum += sign * count * unit
  }
  const ms = longOf(sum)
  return ms === null ? null : new Duration(ms)
}

/**
 * A number as Cedar's `decimal` reads it: one to four places.
 *
 * @returns null when it is not one, or does not fit in 64 bits
 */
export function parseDecimal(text: string): Decimal | null {
  const found = DECIMAL.exec(text)
  if (!found) return null
  const [, sign, before = '', after = ''] = found
  const scaled = BigInt(before) * 10_000n + BigInt(after.padEnd(4, '0'))
  const value = longOf(sign === '-' ? -scaled : scaled)
  return value === null ? null : new Decimal(value)
}
