import type { ReactNode } from 'react'

const MARKS = /(`[^`]+`|\*\*[^*]+\*\*)/

function piece(text: string, index: number): ReactNode {
  if (text.startsWith('`')) return <code key={index} className="rounded bg-sunken px-1 font-mono text-[12.5px] break-words">{text.slice(1, -1)}</code>
  return text.startsWith('**') ? <strong key={index}>{text.slice(2, -2)}</strong> : text
}

/** One line of text in which back-ticks mark code and double asterisks what matters. */
export function InlineProse({ text }: { text: string }) {
  return <>{text.split(MARKS).map(piece)}</>
}

/** The same for several paragraphs, with an empty line between them. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="max-w-[72ch] space-y-3 text-ink-2">
      {text.split(/\n{2,}/).map((paragraph) => <p key={paragraph}><InlineProse text={paragraph} /></p>)}
    </div>
  )
}
