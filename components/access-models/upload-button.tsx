'use client'
import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'

const BYTES_MAX = 4_194_304

/** Reads a text file of the person's own into the page; nothing is sent. */
export function UploadButton({ label, onText, onProblem }: { label: string; onText: (text: string) => void; onProblem: (message: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  async function read(file: File | undefined) {
    if (!file) return
    if (file.size > BYTES_MAX) return onProblem(`${file.name} is too large for an access model.`)
    onText((await file.text()).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  }
  return (
    <>
      <input ref={input} type="file" accept=".json,application/json,text/plain" hidden aria-hidden="true" tabIndex={-1} onChange={(event) => void read(event.currentTarget.files?.[0])} />
      <Button size="small" icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
