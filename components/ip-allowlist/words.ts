import type { Mode, Surface } from '@/lib/access/allowlist/surfaces'

export const MODE_WORDS: Readonly<Record<Mode, { title: string; detail: string }>> = {
  off: { title: 'No IP allowlist', detail: 'Every address may reach the organization.' },
  report: { title: 'Report only', detail: 'Every address may; who would be refused is counted.' },
  enforced: { title: 'Enforced', detail: 'Whoever comes from another address is refused.' },
}

export const SURFACE_WORDS: Readonly<Record<Surface, { title: string; detail: string }>> = {
  console: { title: 'Console', detail: 'Pages and everything done on them' },
  api: { title: 'API', detail: 'Management API, decisions, introspection, SCIM' },
  data: { title: 'Data', detail: 'Addresses that programs ask about (context.ip)' },
}
