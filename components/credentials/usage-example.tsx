'use client'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs } from '@/components/ui/tabs'

type UsageExampleProps = { baseUrl: string; /** Environment variable in which the credential is kept. */ variable: string }

/** A first call, in curl and with the TypeScript client, at this very installation. The credential stays in the environment. */
export function UsageExample({ baseUrl, variable }: UsageExampleProps) {
  const curl = `curl --fail-with-body ${baseUrl}/api/v1/whoami \\\n  -H "Authorization: Bearer $${variable}"`
  const script = `import { env } from 'node:process'\nimport { Gatehouse } from './gatehouse'\n\nconst gatehouse = new Gatehouse({\n  url: '${baseUrl}',\n  credential: env.${variable} ?? '',\n})\nconsole.log(await gatehouse.whoami())`
  return (
    <section aria-label="Try it">
      <h3 className="mb-1 font-semibold">Try it</h3>
      <Tabs
        label="Language of the example"
        items={[
          { value: 'curl', label: 'curl', content: <CodeBlock code={curl} label="Example in curl" /> },
          { value: 'typescript', label: 'TypeScript', content: <CodeBlock code={script} label="Example in TypeScript" /> },
        ]}
      />
    </section>
  )
}
