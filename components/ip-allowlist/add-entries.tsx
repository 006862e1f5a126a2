'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { UploadButton } from '@/components/forms/upload-button'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { SURFACES } from '@/lib/access/allowlist/surfaces'
import type { ActionResult } from '@/lib/boundary/result'
import { importEntriesAction, judgeImportAction } from '@/lib/features/ip-allowlist/actions'
import type { ImportRow } from '@/lib/features/ip-allowlist/import'
import { endOf, SurfaceFields, surfacesIn } from './entry-fields'

const SHOWN = 50
const FILE_MAX = 900_000
const WORDS = { new: 'will be added', repairable: 'needs repair', duplicate: 'is there already', invalid: 'cannot be read' } as const

type Sent = { csv: string } | { entries: unknown[] }

/** What was typed as rows: a file's CSV or JSON as it is, addresses with what the form says beside them. */
function sentOf(data: FormData): Sent {
  const text = String(data.get('addresses') ?? '').trim()
  if (text.startsWith('[') || text.startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(text)
      if (Array.isArray(parsed)) return { entries: parsed }
      if (typeof parsed === 'object' && parsed !== null && 'entries' in parsed && Array.isArray(parsed.entries)) return { entries: parsed.entries }
    } catch {
      // What is no JSON is told row by row like everything else that cannot be read.
    }
  }
  if (/,/.test(text.split('\n')[0] ?? '') && /[a-z]{3}/i.test(text.split('\n')[0] ?? '')) return { csv: text }
  const rest = { description: String(data.get('description') ?? ''), surfaces: surfacesIn(data), expiresAt: endOf(data) }
  return { entries: text.split(/[\s,;]+/).filter(Boolean).map((cidr) => ({ cidr, ...rest })) }
}

function Rows({ rows }: { rows: readonly ImportRow[] }) {
  const counts = (['new', 'repairable', 'duplicate', 'invalid'] as const).map((status) => ({ status, count: rows.filter((row) => row.status === status).length })).filter(({ count }) => count > 0)
  const odd = rows.filter(({ status }) => status !== 'new')
  return (
    <div role="status" className="grid gap-1">
      <p>{counts.map(({ status, count }) => `${count} ${WORDS[status]}`).join(', ') || 'Nothing to add'}.</p>
      <ul className="grid gap-0.5 text-ink-2">
        {odd.slice(0, SHOWN).map(({ line, text, status, detail }) => (
          <li key={line}>Row {line}, <code className="mono break-all">{text || 'empty'}</code>: {detail ?? WORDS[status]}</li>
        ))}
        {odd.length > SHOWN ? <li>and {odd.length - SHOWN} more</li> : null}
      </ul>
    </div>
  )
}

/** Adds one, many, or a file; tells of each row what would become of it, and repairs by one click. */
export function AddEntries({ org, own, isOwnListed }: { org: string; own: string; isOwnListed: boolean }) {
  const [text, setText] = useState('')
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null)
  const needsRepair = rows?.some(({ status }) => status === 'repairable' || status === 'duplicate') ?? false
  const type = (next: string) => (setText(next), setRows(null))

  async function run(data: FormData, submitter: string): Promise<ActionResult<{ added: number } | null>> {
    const sent = sentOf(data)
    const judged = await judgeImportAction(org, sent)
    if (!judged.ok) return judged
    setRows(judged.value)
    const isClean = judged.value.every(({ status }) => status === 'new')
    if (submitter === 'check' || (!isClean && submitter !== 'repair')) return { ok: true, value: null }
    return importEntriesAction(org, { ...sent, repair: submitter === 'repair' })
  }

  return (
    <ActionForm
      className="fields" label="Add to the allowlist" run={(data) => run(data, String(data.get('deed') ?? 'add'))}
      onDone={(value) => {
        if (value === null) return
        toast({ title: value.added === 1 ? 'Added 1 entry' : `Added ${value.added} entries` })
        type('')
      }}
    >
      <TextareaField
        name="addresses" label="Addresses and ranges" rows={3} className="mono" spellCheck={false} autoComplete="off" value={text} onChange={(event) => type(event.currentTarget.value)}
        hint="One or many, such as 203.0.113.0/24 or 2001:db8::/48, separated by commas, spaces or line breaks; or CSV (cidr, description, surfaces, expiresAt) or JSON."
      />
      <div className="flex flex-wrap items-center gap-3">
        {isOwnListed ? null : <Button onClick={() => type(text === '' ? own : `${text}\n${own}`)}>Add my address</Button>}
        <UploadButton
          label="Read a file" accept=".csv,.json,.txt,text/csv,application/json" bytesMax={FILE_MAX} what="this page; send it to the API: POST /api/v1/ip-allowlist/import" onText={type}
          onProblem={(message) => toast({ kind: 'error', title: 'The file is too large', description: message })}
        />
      </div>
      <TextField name="description" label="Description" optional maxLength={200} placeholder="Office, VPN, build server" />
      <SurfaceFields chosen={SURFACES} />
      <div className="max-w-72">
        <TextField name="expiresAt" label="Ends (UTC)" optional type="datetime-local" />
      </div>
      {rows === null ? null : <Rows rows={rows} />}
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="deed" value="add" disabled={text.trim() === ''}>Add</SubmitButton>
        <SubmitButton name="deed" value="check" variant="secondary" disabled={text.trim() === ''}>Try without adding</SubmitButton>
        {needsRepair ? <SubmitButton name="deed" value="repair" variant="secondary">Repair and add</SubmitButton> : null}
      </div>
    </ActionForm>
  )
}
