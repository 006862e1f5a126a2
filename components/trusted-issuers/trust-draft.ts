import type { Condition, Operator } from '@/lib/features/trusted-issuers/rules'

/** A condition while it is edited: its values stand one a line. */
export type ConditionDraft = { key: number; claim: string; operator: Operator; values: string }

/** Where most tokens come from; each with the claims by which its jobs are told apart. */
export const ISSUERS = [
  { value: 'github', label: 'GitHub Actions', issuer: 'https://token.actions.githubusercontent.com', conditions: [{ claim: 'repository', operator: 'equals', values: ['acme/app'] }, { claim: 'ref', operator: 'equals', values: ['refs/heads/main'] }] },
  { value: 'gitlab', label: 'GitLab CI', issuer: 'https://gitlab.com', conditions: [{ claim: 'project_path', operator: 'equals', values: ['acme/app'] }, { claim: 'ref', operator: 'equals', values: ['main'] }] },
  { value: 'other', label: 'Another OIDC issuer', issuer: '', conditions: [{ claim: 'sub', operator: 'equals', values: [] }] },
] as const satisfies readonly { value: string; label: string; issuer: string; conditions: readonly Condition[] }[]

let made = 0

export const draftOf = ({ claim, operator, values }: Condition): ConditionDraft => ({ key: made++, claim, operator, values: values.join('\n') })
export const emptyCondition = (): ConditionDraft => draftOf({ claim: '', operator: 'equals', values: [] })

/** What the action takes. */
export const wantedConditions = (drafts: readonly ConditionDraft[]): Condition[] =>
  drafts.map(({ claim, operator, values }) => ({ claim: claim.trim(), operator, values: values.split('\n').map((line) => line.trim()).filter(Boolean) }))

/** "repository is acme/app". */
export const toldCondition = ({ claim, operator, values }: Condition): string => `${claim} ${operator === 'equals' ? 'is' : 'fits'} ${values.join(' or ')}`

type Exchange = { baseUrl: string; serviceAccountId: string; audience: string }

const GRANT = 'grant_type=urn:ietf:params:oauth:grant-type:token-exchange'
const TYPE = 'subject_token_type=urn:ietf:params:oauth:token-type:jwt'

const curl = ({ baseUrl, serviceAccountId }: Exchange, token: string, indent: string): string =>
  [`curl --fail-with-body ${baseUrl}/oauth/token \\`, `  -d ${GRANT} \\`, `  -d ${TYPE} \\`, `  -d audience=${serviceAccountId} \\`, `  --data-urlencode "subject_token=${token}"`].map((line) => indent + line).join('\n')

/** A job of GitHub Actions that takes its token and exchanges it. */
export const githubExample = (exchange: Exchange): string => `permissions:
  id-token: write
steps:
  - run: |
      TOKEN=$(curl -sf "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${exchange.audience}" \\
        -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" | jq -r .value)
${curl(exchange, '$TOKEN', '      ')}`

/** The same in GitLab CI, where the token is asked for in the job's description. */
export const gitlabExample = (exchange: Exchange): string => `deploy:
  id_tokens:
    TOKEN:
      aud: ${exchange.audience}
  script:
    - |
${curl(exchange, '$TOKEN', '      ')}`

export const curlExample = (exchange: Exchange): string => curl(exchange, '$TOKEN', '')
