import { absoluteUrl } from '@/lib/env'

export const METADATA_PATH = '/.well-known/authzen-configuration'
export const DECISION_BASE = '/access/v1'

/** Where a policy enforcement point finds what (AuthZEN, Policy Decision Point Metadata). */
export const metadata = () => ({
  policy_decision_point: absoluteUrl('/').replace(/\/$/, ''),
  access_evaluation_endpoint: absoluteUrl(`${DECISION_BASE}/evaluation`),
  access_evaluations_endpoint: absoluteUrl(`${DECISION_BASE}/evaluations`),
  search_subject_endpoint: absoluteUrl(`${DECISION_BASE}/search/subject`),
  search_resource_endpoint: absoluteUrl(`${DECISION_BASE}/search/resource`),
  search_action_endpoint: absoluteUrl(`${DECISION_BASE}/search/action`),
})

/** Paths that are the decision door's. */
export const isDecisionPath = (path: string): boolean => path.startsWith(`${DECISION_BASE}/`) || path === DECISION_BASE || path === METADATA_PATH
