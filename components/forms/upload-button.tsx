'use client'
import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'

const BYTES_MAX = 4_194_304

type UploadButtonProps = { label: string; onText: (text: string) => void; onProblem: (message: string) => void; accept?: string; bytesMax?: number; /** What the file holds, in words. */ what?: string }

/** Reads a text file of the person's own into the page; nothing is sent. */
export function UploadButton({ label, onText, onProblem, accept = '.json,application/json,text/plain', bytesMax = BYTES_MAX, what = 'an access model' }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  async function read(file: File | undefined) {
    if (!file) return
    if (file.size > bytesMax) return onProblem(`${file.name} is too large for ${what}.`)
    onText((await file.text()).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  }
  return (
    <>
      <input ref={input} type="file" accept={accept} hidden aria-hidden="true" tabIndex={-1} onChange={(event) => void read(event.currentTarget.files?.[0])} />
      <Button size="small" icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
