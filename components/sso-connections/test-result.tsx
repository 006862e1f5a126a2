import { Banner } from '@/components/ui/banner'
import { RelativeTime } from '@/components/ui/relative-time'
import { KeyValueList } from '@/components/ui/key-value-list'
import type { TestResult } from '@/lib/features/sso-connections/test-result'

const HOW: Readonly<Record<string, string>> = { member: 'would sign in', invitation: 'would accept the invitation and sign in', provision: 'would become a member and sign in' }

/** What the last test received, and what would have come of it. */
export function TestResultView({ result }: { result: TestResult }) {
  return (
    <div className="grid gap-3">
      {result.reason === null
        ? <Banner tone="ok" title={`${result.email ?? 'This person'} ${HOW[result.how ?? ''] ?? 'would sign in'}`}>{result.roles.length === 0 ? 'No roles beside what everybody holds.' : null}</Banner>
        : <Banner tone="bad" title="Nobody would be let in">{result.reason}</Banner>}
      {result.roles.length > 0 ? (
        <ul aria-label="Roles after signing in" className="grid gap-1">
          {result.roles.map(({ words, because }) => <li key={words}>{words} <span className="text-ink-2">· {because}</span></li>)}
        </ul>
      ) : null}
      <KeyValueList items={result.attributes.map(([label, value]) => ({ label, value: <code className="mono break-all">{value}</code> }))} />
      <p className="text-ink-2">Tested by {result.byName}, <RelativeTime at={result.at} /></p>
    </div>
  )
}
