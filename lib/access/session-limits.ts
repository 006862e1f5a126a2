/** The shortest idle time an organization may set: last use is kept by the minute. */
export const IDLE_MINUTES_MIN = 5
