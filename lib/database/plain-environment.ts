/** What programs we start are told: nothing of ours, least of all secrets, and messages in English. */
export const PLAIN_ENVIRONMENT = {
  NODE_ENV: 'production',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
} as const
