import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { LinkButton } from '@/components/ui/link-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { ModelVersion } from '@/lib/features/access-models/model-version'

type ModelVersionsProps = { base: string; mayWrite: boolean; current: number; opened: { version: number; text: string } | null; versions: readonly ModelVersion[] }

/** Every version of the organization's own model; one of them opened. */
export function ModelVersions({ base, mayWrite, current, opened, versions }: ModelVersionsProps) {
  return (
    <>
      <Section title="Versions" description="Newest first. Restoring one saves its text as a new version, after telling what it does.">
        <ul className="grid gap-3">
          {versions.map(({ version, note, savedBy, savedAt }) => (
            <li key={version} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <TextLink href={`${base}?view=versions&version=${version}`}>Version {version}</TextLink>
              {version === current ? <Badge>in force</Badge> : null}
              <span className="text-ink-2">
                <RelativeTime at={savedAt.toISOString()} /> by {savedBy || 'Gatehouse'}
                {note ? `: ${note}` : ''}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      {opened ? (
        <Section
          title={`Version ${opened.version}`}
          actions={
            mayWrite && opened.version !== current ? (
              <LinkButton size="small" href={`${base}?view=edit&version=${opened.version}`}>
                Restore
              </LinkButton>
            ) : undefined
          }
        >
          <CodeBlock label={`Text of version ${opened.version}`} code={opened.text} />
        </Section>
      ) : null}
    </>
  )
}
