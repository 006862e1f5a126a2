'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { saveFile } from '@/components/ui/save-file'

/** What codes are called, what one does, and the file they are kept in. */
export type CodesWords = { label: string; use: string; file: string }

const RECOVERY: CodesWords = { label: 'Recovery codes', use: 'Each lets you in once, in the place of your second factor.', file: 'gatehouse-recovery-codes.txt' }

type RecoveryCodesProps = { codes: readonly string[]; email: string; words?: CodesWords; stored: boolean; onStored: (stored: boolean) => void; onClose: () => void }

const fileText = (label: string, codes: readonly string[], email: string): string => [`${label} of ${email} for Gatehouse. Each works once.`, '', ...codes, ''].join('\n')

/** The one moment in which recovery codes can be seen: to copy, to keep as a file, and to confirm that they were. Body and foot of a dialog. */
export function RecoveryCodes({ codes, email, words: { label, use, file } = RECOVERY, stored, onStored, onClose }: RecoveryCodesProps) {
  const [saved, setSaved] = useState(false)
  return (
    <>
      <DialogBody>
        <div className="grid gap-4">
          <Banner tone="warn" title="They are shown this once">
            {use} Keep them where you can reach them without your phone, such as printed.
          </Banner>
          <ol aria-label={label} className="mono grid gap-x-6 gap-y-1 sm:grid-cols-2">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ol>
          <div className="flex flex-wrap items-center gap-2">
            <CopyButton text={codes.join('\n')} label="Copy all" />
            <Button
              size="small"
              icon={<Download aria-hidden="true" />}
              onClick={() => {
                saveFile(file, fileText(label, codes, email), 'text/plain')
                setSaved(true)
              }}
            >
              Download
            </Button>
            <span role="status" className="text-[13px] text-ink-2">
              {saved ? `Saved as ${file}` : ''}
            </span>
          </div>
        </div>
      </DialogBody>
      <DialogFooter start={<Checkbox label="I have stored them" checked={stored} onChange={(event) => onStored(event.currentTarget.checked)} />}>
        <Button variant="primary" disabled={!stored} title={stored ? undefined : 'Tick the box first: they cannot be shown again'} onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
