const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Beyond this many days a date says more than a distance. */
const DAYS_TOLD = 60

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "14 Mar 2025", in UTC, so that server and browser agree; months have three letters, so that columns stay narrow. */
export function formatDate(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** "14 Mar 2025, 09:41:07 UTC"; with `timeZone` undefined in the zone of the reader. */
export const formatExact = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(at)

/** "2 min ago", "yesterday", "in 5 days"; a date when it is far away. Both in milliseconds since 1970. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at)
  const past = at <= now
  if (distance < MINUTE) return past ? 'just now' : 'in a moment'
  const days = Math.round(distance / DAY)
  if (distance >= DAYS_TOLD * DAY) return formatDate(at)
  if (distance >= DAY) {
    if (days === 1) return past ? 'yesterday' : 'tomorrow'
    return past ? `${days} days ago` : `in ${days} days`
  }
  const told = distance < HOUR ? `${Math.floor(distance / MINUTE)} min` : `${Math.floor(distance / HOUR)} h`
  return past ? `${told} ago` : `in ${told}`
}
