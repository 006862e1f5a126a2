import { defineConfig } from 'prisma/config'

const url = process.env['DATABASE_URL']

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // for `prisma migrate deploy` and `status`, where Prisma's engine can be downloaded
  ...(url ? { datasource: { url } } : {}),
})
