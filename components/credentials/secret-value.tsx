'use client'
import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { ShownSecret } from './secret-files'

const MASK = '•'.repeat(24)

/** One secret: masked until asked for, copied without being shown. Where the browser does not copy, it is shown and selected. */
export function SecretValue({ secret }: { secret: ShownSecret }) {
  const [shown, setShown] = useState(false)
  const [selecting, setSelecting] = useState(false)
  const text = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!selecting || !text.current) return
    window.getSelection()?.selectAllChildren(text.current)
  }, [selecting])
  const showSelected = () => {
    setShown(true)
    setSelecting(true)
  }
  return (
    <div role="group" aria-label={secret.label} className="grid gap-1.5 rounded-md border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold">{secret.label}</span>
        <span className="flex gap-2">
          <Button size="small" icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} aria-label={`${shown ? 'Hide' : 'Show'} ${secret.label}`} onClick={() => setShown(!shown)}>
            {shown ? 'Hide' : 'Show'}
          </Button>
          <CopyButton text={secret.value} onFailure={showSelected} />
        </span>
      </div>
      <code ref={text} data-secret={shown ? 'shown' : 'masked'} className="mono break-all text-[13px]">
        {shown ? secret.value : <span aria-label="hidden">{MASK}</span>}
      </code>
    </div>
  )
}
