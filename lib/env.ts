import { z } from 'zod'

const text = z.string().trim().optional().transform((v) => (v === '' ? undefined : v))

/** What a provider of the whole installation needs beside its issuer; all of it, or nothing. */
function requireWhole(given: Readonly<Record<string, string | undefined>>, tell: (path: string, message: string) => void): void {
  const missing = Object.keys(given).filter((name) => given[name] === undefined)
  if (missing.length === Object.keys(given).length) return
  for (const name of missing) tell(name, `not set, while others of ${Object.keys(given).join(', ')} are; set all of them or none`)
}

const Variables = z.object({
  DATABASE_URL: z.string({ error: 'DATABASE_URL is not set' }).min(1),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  GATEHOUSE_URL: text,
  GATEHOUSE_SECRET_KEY: z.string({ error: 'GATEHOUSE_SECRET_KEY is not set' }).min(32, 'GATEHOUSE_SECRET_KEY needs at least 32 characters'),
  GATEHOUSE_ADMIN_PASSWORD: text,
  GATEHOUSE_TRUSTED_PROXIES: z.string().default('').transform((v) => v.split(/[\s,]+/).filter(Boolean)),
  GATEHOUSE_ALLOW_PRIVATE_IDP: z.enum(['', '0', '1']).default('').transform((v) => v === '1'),
  GATEHOUSE_SCANNER_KEYS_URL: text,
  GATEHOUSE_DNS: text,
  GOOGLE_CLIENT_ID: text,
  GOOGLE_CLIENT_SECRET: text,
  GOOGLE_ISSUER: z.string().trim().default('').transform((v) => v || 'https://accounts.google.com'),
  OKTA_CLIENT_ID: text,
  OKTA_CLIENT_SECRET: text,
  OKTA_ISSUER: text,
  SMTP_URL: text,
  MAIL_FROM: z.string().default('Gatehouse <gatehouse@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
})

const Environment = Variables.superRefine((given, check) => {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, OKTA_CLIENT_ID, OKTA_CLIENT_SECRET, OKTA_ISSUER } = given
  const tell = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message })
  requireWhole({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }, tell)
  requireWhole({ OKTA_CLIENT_ID, OKTA_CLIENT_SECRET, OKTA_ISSUER }, tell)
  const isUsable = (issuer: string): boolean => URL.canParse(issuer) && (issuer.startsWith('https://') || (given.GATEHOUSE_ALLOW_PRIVATE_IDP && issuer.startsWith('http://')))
  for (const [path, issuer] of [['GOOGLE_ISSUER', given.GOOGLE_ISSUER], ['OKTA_ISSUER', OKTA_ISSUER]] as const) {
    if (issuer !== undefined && !isUsable(issuer)) tell(path, 'give an https:// address; http:// is for a provider on this machine, with GATEHOUSE_ALLOW_PRIVATE_IDP=1')
  }
})

export type Env = z.infer<typeof Environment> & { publicUrl: URL; urlIsSet: boolean }

let cached: Env | undefined

/** The environment, read and checked once. @throws Error naming the variable that is wrong. */
export function env(): Env {
  if (cached) return cached
  const parsed = Environment.safeParse(process.env)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'))
  }
  const publicUrl = new URL(parsed.data.GATEHOUSE_URL ?? `http://localhost:${parsed.data.PORT}`)
  cached = { ...parsed.data, publicUrl, urlIsSet: parsed.data.GATEHOUSE_URL !== undefined }
  return cached
}

/** For tests and start-up, after the variables changed. */
export function forgetEnv(): void {
  cached = undefined
}

/** An absolute address of ours: `path` begins with a slash. */
export const absoluteUrl = (path: string): string => new URL(path, env().publicUrl).href
