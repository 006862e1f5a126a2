'use client'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { EmptyState } from '@/components/layout/empty-state'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/native-select'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ActionResult } from '@/lib/boundary/result'
import type { PolicyVersionDetail, PolicyVersionRow } from '@/lib/features/policies/rules'
import { DiffView } from './diff-view'

type PolicyHistoryProps = {
  versions: readonly PolicyVersionRow[]
  /** The text in the making. */
  text: string
  load: (version: number) => Promise<ActionResult<PolicyVersionDetail>>
  /** Takes a version's text into the editor; null where nothing may be changed. */
  onRestore: ((version: number, text: string) => void) | null
}

type Against = 'before' | 'current'

type Shown = Pick<PolicyVersionDetail, 'version' | 'text' | 'before'> & { against: Against }

/** Every text the policy ever had: by whom, when, why, what changed; and back to it. */
export function PolicyHistory({ versions, text, load, onRestore }: PolicyHistoryProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [loading, setLoading] = useState<number | null>(null)

  async function show(version: number) {
    setLoading(version)
    const result = await load(version).catch(() => null)
    setLoading(null)
    setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
    if (result?.ok) setShown({ version, text: result.value.text, before: result.value.before, against: shown?.against ?? 'before' })
  }
  if (versions.length === 0) return <EmptyState title="No version yet">Each time the policy is saved, its text is kept here with the note you write.</EmptyState>
  return (
    <div className="grid gap-4">
      <ol className="row-group" aria-label="Versions">
        {versions.map(({ version, note, overrideReason, savedByName, savedAt, lines }) => (
          <li key={version} className="policy-row first:border-t-0">
            <span className="num font-semibold">Version {version}</span>
            <span className="num text-[13px] text-ink-3" title="Lines added and removed">
              +{lines.added} −{lines.removed}
            </span>
            <span className="min-w-0 flex-1 text-ink-2 wrap-anywhere">
              {note || <span className="dim">no note</span>}
              {overrideReason ? <span className="block text-[13px] text-warn">Saved although a test failed: {overrideReason}</span> : null}
            </span>
            <span className="dim">
              {savedByName ? `${savedByName}, ` : ''}
              <RelativeTime at={savedAt} />
            </span>
            <Button size="small" aria-pressed={shown?.version === version} pending={loading === version} onClick={() => void show(version)}>
              Show changes
            </Button>
          </li>
        ))}
      </ol>
      {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
      {shown ? (
        <section aria-label={`Version ${shown.version}`} className="grid gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="mr-auto font-semibold">Version {shown.version}</h2>
            <NativeSelect
              aria-label="Compare"
              className="input-sm"
              value={shown.against}
              options={[{ value: 'before', label: 'with the version before' }, { value: 'current', label: 'with the text in the editor' }]}
              onChange={(event) => setShown({ ...shown, against: event.currentTarget.value === 'current' ? 'current' : 'before' })}
            />
            {onRestore ? (
              <Button size="small" icon={<RotateCcw aria-hidden="true" />} disabled={shown.text === text} onClick={() => onRestore(shown.version, shown.text)}>
                Restore
              </Button>
            ) : null}
          </div>
          {shown.against === 'before' ? (
            <DiffView label={`What version ${shown.version} changed`} before={shown.before} after={shown.text} />
          ) : (
            <DiffView label={`From version ${shown.version} to the text in the editor`} before={shown.text} after={text} />
          )}
        </section>
      ) : null}
    </div>
  )
}
