'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonLook } from './button'
import { copyText } from './copy-text'

const SAID_MS = 2000

/** Copies a text and says so, in words a screen reader hears. */
export function CopyButton({ text, label = 'Copy', onFailure, ...look }: ButtonLook & { text: string; label?: string; /** The browser did not let us: a place to show the text, selected. */ onFailure?: () => void }) {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => {
    const isCopied = await copyText(text)
    setSaid(isCopied ? 'copied' : 'failed')
    if (!isCopied) onFailure?.()
  }
  return (
    <Button size="small" {...look} icon={said === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} onClick={() => void copy()}>
      <span aria-live="polite">{said === 'copied' ? 'Copied' : said === 'failed' ? 'Select and copy it by hand' : label}</span>
    </Button>
  )
}
