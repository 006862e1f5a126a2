import { AppError } from '@/lib/errors'

const UNREACHABLE = /ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|Can't reach database|terminating connection|Connection terminated|connect timeout|the database system is|server closed the connection|timeout exceeded when trying to connect/i

/** Sentences for the constraints people can run into. */
const CONSTRAINTS: readonly [RegExp, () => AppError][] = [
  [/Organization_slug_key|"slug"/, () => new AppError('already-exists', 'this address is taken', { fields: [{ path: 'slug', message: 'This address is taken; choose another' }] })],
  [/Group_organizationId_resourceId_lower_name_key/, () => new AppError('already-exists', 'a group of this name exists already', { fields: [{ path: 'name', message: 'A group of this name exists already; choose another' }] })],
  [/Membership_organizationId_email_key/, () => new AppError('already-exists', 'this address is already invited or a member')],
  [/Resource_organizationId_parentId_type_lower_name_key/, () => new AppError('already-exists', 'something of this type and name lies there already', { fields: [{ path: 'name', message: 'This name is taken here; choose another' }] })],
  [/Resource_organizationId_type_externalId_key/, () => new AppError('already-exists', 'another resource of this type has this external id', { fields: [{ path: 'externalId', message: 'Another resource of this type has this external id' }] })],
  [/ServiceAccount_organizationId_name_key/, () => new AppError('already-exists', 'a service account with this name exists already', { fields: [{ path: 'name', message: 'This name is taken; choose another' }] })],
  [/SsoConnection_organizationId_lower_name_key/, () => new AppError('already-exists', 'a connection with this name exists already', { fields: [{ path: 'name', message: 'This name is taken; choose another' }] })],
  [/VerifiedDomain_organizationId_domain_key/, () => new AppError('already-exists', 'this domain is in the list already', { fields: [{ path: 'domain', message: 'This domain is in the list already' }] })],
  [/Account_email_key/, () => new AppError('already-exists', 'an account with this address exists already')],
]

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')

/** Prisma's and PostgreSQL's errors in our words; null for what is a fault of ours. */
export function translateDatabaseError(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null
  const code = codeOf(error)
  const text = `${error.message} ${'meta' in error ? JSON.stringify(error.meta) : ''}`
  if (['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', '57P01', '57P03', 'ECONNREFUSED'].includes(code) || UNREACHABLE.test(text)) {
    return new AppError('unavailable', 'the database cannot be reached', { retryAfterSeconds: 5 })
  }
  if (code === 'P2002' || code === '23505') {
    return CONSTRAINTS.find(([pattern]) => pattern.test(text))?.[1]() ?? new AppError('already-exists', 'something with this name exists already')
  }
  if (/\b(22021|22P05)\b/.test(text)) return new AppError('invalid-input', 'a text holds a character that no database takes')
  if (/\b(22007|22008)\b/.test(text)) return new AppError('invalid-input', 'a moment is none, or too far away to be kept')
  if (code === 'P2003' || code === '23503') return new AppError('conflict', 'something still refers to this, or what it refers to is gone')
  if (code === 'P2025') return new AppError('not-found', 'this does not exist, or not any more')
  if (code === 'P2034' || code === '40001' || code === '40P01') return new AppError('conflict', 'somebody changed the same thing at the same moment; try again')
  return null
}
