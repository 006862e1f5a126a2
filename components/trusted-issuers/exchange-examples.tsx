'use client'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs } from '@/components/ui/tabs'
import { curlExample, githubExample, gitlabExample } from './trust-draft'

/** What a job does to get a bearer of the account, to be copied. */
export function ExchangeExamples(props: { baseUrl: string; serviceAccountId: string; audience: string }) {
  return (
    <div className="mt-3">
      <h3 className="mb-1 font-semibold">In a job</h3>
      <Tabs
        label="CI system of the example"
        items={[
          { value: 'github', label: 'GitHub Actions', content: <CodeBlock code={githubExample(props)} label="Example for GitHub Actions" /> },
          { value: 'gitlab', label: 'GitLab CI', content: <CodeBlock code={gitlabExample(props)} label="Example for GitLab CI" /> },
          { value: 'curl', label: 'curl', content: <CodeBlock code={curlExample(props)} label="Example in curl" /> },
        ]}
      />
      <p className="mt-2 text-ink-2">The answer’s access_token is sent as Authorization: Bearer. It lasts an hour, and ends at once with the trust or the account.</p>
    </div>
  )
}
