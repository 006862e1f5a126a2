const two = (value: number): string => String(value).padStart(2, '0')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "09:41" in UTC. */
export const clockOf = (at: number): string => `${two(new Date(at).getUTCHours())}:${two(new Date(at).getUTCMinutes())}`

/** "14 Mar 2025" in UTC. */
export const dayOf = (at: number): string => {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** "14 Mar 2025, 09:41:07" in UTC, whole. */
export const utcText = (at: number): string => `${dayOf(at)}, ${clockOf(at)}:${two(new Date(at).getUTCSeconds())}`

/** "14 Mar, 09:41", or the day alone when it is midnight. */
export const tickText = (at: number): string => {
  const day = dayOf(at).split(' ').slice(0, 2).join(' ')
  return clockOf(at) === '00:00' ? day : `${day}, ${clockOf(at)}`
}

/** The same moment in the zone of the reader, with its name. */
export const localText = (at: number): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' }).format(at)

/** "2025-03-14T09:41", what a field for date and time takes, in UTC. */
export const fieldText = (at: number): string => new Date(at).toISOString().slice(0, 16)
