'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonLook } from './button'

const SAID_MS = 2000

/** Copies a text and says so, in words a screen reader hears. */
export function CopyButton({ text, label = 'Copy', ...look }: ButtonLook & { text: string; label?: string }) {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    )
  return (
    <Button size="small" {...look} icon={said === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} onClick={copy}>
      <span aria-live="polite">{said === 'copied' ? 'Copied' : said === 'failed' ? 'Select and copy it by hand' : label}</span>
    </Button>
  )
}
