'use client'
import { Download } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { saveFile } from '@/components/ui/save-file'
import { secretFiles, type PublicFacts, type ShownSecret } from './secret-files'
import { SecretValue } from './secret-value'

export type SecretRevealProps = {
  /** What the files are called after. */
  name: string
  secrets: readonly ShownSecret[]
  facts: PublicFacts
  stored: boolean
  onStored: (stored: boolean) => void
  onClose: () => void
  /** What takes it: "Store it where your program reads its secrets." */
  where?: string
  /** A usage example, or what happens next. */
  children?: ReactNode
}

/** A page that is left takes the secret with it: the browser asks first. */
function useLeavingQuestion(isAsked: boolean) {
  useEffect(() => {
    if (!isAsked) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isAsked])
}

/** The one moment in which a secret can be seen: to copy, to keep as a file, and to confirm that it was. Body and foot of a dialog. */
export function SecretReveal({ name, secrets, facts, stored, onStored, onClose, where = 'where your program reads its secrets', children }: SecretRevealProps) {
  const [saved, setSaved] = useState<string | null>(null)
  useLeavingQuestion(!stored)
  const many = secrets.length > 1
  return (
    <>
      <DialogBody>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Banner tone="warn" title={many ? 'These are shown this once' : 'It is shown this once'}>
            Only a fingerprint is kept, so nobody can show {many ? 'them' : 'it'} again. Store {many ? 'them' : 'it'} {where}.
          </Banner>
          {secrets.map((secret) => (
            <SecretValue key={secret.key} secret={secret} />
          ))}
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-ink-2">Download as</span>
            {secretFiles(name, secrets, facts).map((file) => (
              <Button
                key={file.label}
                size="small"
                icon={<Download aria-hidden="true" />}
                aria-label={`Download as ${file.label}`}
                onClick={() => {
                  saveFile(file.name, file.text, file.type)
                  setSaved(file.name)
                }}
              >
                {file.label}
              </Button>
            ))}
            <span role="status" className="text-[13px] text-ink-2">
              {saved === null ? '' : `Saved as ${saved}`}
            </span>
          </div>
          {children}
        </div>
      </DialogBody>
      <DialogFooter start={<Checkbox label={many ? 'I have stored them' : 'I have stored it'} checked={stored} onChange={(event) => onStored(event.currentTarget.checked)} />}>
        <Button variant="primary" disabled={!stored} title={stored ? undefined : 'Tick the box first: it cannot be shown again'} onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  )
}
