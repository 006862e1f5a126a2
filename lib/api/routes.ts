import type { ApiRoute } from '@/lib/boundary/http-route'
import { accessModelRoutes } from '@/lib/features/access-models/http'
import { apiKeyRoutes } from '@/lib/features/api-keys/http'
import { auditEventRoutes } from '@/lib/features/audit-events/http'
import { decisionLogRoutes } from '@/lib/features/decision-log/http'
import { groupRoutes } from '@/lib/features/groups/http'
import { credentialPolicyRoutes } from '@/lib/features/credential-policy/http'
import { ipAllowlistRoutes } from '@/lib/features/ip-allowlist/http'
import { invitationRoutes } from '@/lib/features/invitations/http'
import { mailRoutes } from '@/lib/features/mails/http'
import { memberRoutes } from '@/lib/features/members/http'
import { organizationRoutes } from '@/lib/features/organizations/http'
import { foundSecretRoutes } from '@/lib/features/found-secrets/http'
import { folderRoutes } from '@/lib/features/resources/folders-http'
import { resourceRoutes } from '@/lib/features/resources/http'
import { assignmentRoutes } from '@/lib/features/role-assignments/http'
import { policyApiRoutes } from '@/lib/features/policies/http'
import { provisioningRoutes } from '@/lib/features/provisioning/http'
import { roleRoutes } from '@/lib/features/roles/http'
import { serviceAccountRoutes } from '@/lib/features/service-accounts/http'
import { serviceAccountKeyRoutes } from '@/lib/features/service-accounts/key-http'
import { samlConnectionRoutes } from '@/lib/features/saml-connections/http'
import { sessionPolicyRoutes } from '@/lib/features/session-policy/http'
import { sessionRoutes } from '@/lib/features/sessions/http'
import { trustedIssuerRoutes } from '@/lib/features/trusted-issuers/http'
import { breakGlassRoutes } from '@/lib/features/break-glass/http'
import { signInPolicyRoutes } from '@/lib/features/sign-in-policy/http'
import { connectionRoutes } from '@/lib/features/sso-connections/http'
import { domainRoutes } from '@/lib/features/verified-domains/http'
import { tokenRoutes } from '@/lib/features/tokens/http'
import { whoamiRoutes } from '@/lib/features/whoami/http'

/** Every route of the management API, in the order of the reference. A path without parameter stands before one with. */
export const apiRoutes: readonly ApiRoute[] = [
  ...whoamiRoutes,
  ...organizationRoutes,
  ...accessModelRoutes,
  ...memberRoutes,
  ...invitationRoutes,
  ...mailRoutes,
  ...sessionRoutes,
  ...sessionPolicyRoutes,
  ...roleRoutes,
  ...assignmentRoutes,
  ...groupRoutes,
  ...resourceRoutes,
  ...folderRoutes,
  ...policyApiRoutes,
  ...apiKeyRoutes,
  ...serviceAccountRoutes,
  ...serviceAccountKeyRoutes,
  ...trustedIssuerRoutes,
  ...tokenRoutes,
  ...provisioningRoutes,
  ...credentialPolicyRoutes,
  ...foundSecretRoutes,
  ...samlConnectionRoutes,
  ...ipAllowlistRoutes,
  ...connectionRoutes,
  ...domainRoutes,
  ...signInPolicyRoutes,
  ...breakGlassRoutes,
  ...auditEventRoutes,
  ...decisionLogRoutes,
]
