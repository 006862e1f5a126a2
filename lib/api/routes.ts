import type { ApiRoute } from '@/lib/boundary/http-route'
import { apiKeyRoutes } from '@/lib/features/api-keys/http'
import { organizationRoutes } from '@/lib/features/organizations/http'
import { whoamiRoutes } from '@/lib/features/whoami/http'

/** Every route of the management API, in the order of the reference. A path without parameter stands before one with. */
export const apiRoutes: readonly ApiRoute[] = [
  ...whoamiRoutes,
  ...organizationRoutes,
  ...apiKeyRoutes,
]
