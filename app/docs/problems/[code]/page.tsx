import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocsFrame } from '@/components/docs/docs-frame'
import { InlineProse } from '@/components/docs/prose'
import { TextLink } from '@/components/ui/text-link'
import { PROBLEM_HELP } from '@/lib/api/problem-help'
import { problemTitle } from '@/lib/boundary/problem'
import { ERRORS, isErrorCode } from '@/lib/errors'

type Props = { params: Promise<{ code: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params
  return { title: isErrorCode(code) ? `${ERRORS[code].status} ${code}` : 'No such error' }
}

/** The page that `type` of a problem document names: what the error means, why it comes, what to do. */
export default async function ProblemPage({ params }: Props) {
  const { code } = await params
  if (!isErrorCode(code)) notFound()
  const { status } = ERRORS[code]
  const { meaning, causes, remedy } = PROBLEM_HELP[code]
  return (
    <DocsFrame>
      <p className="text-ink-3"><TextLink href="/docs/problems">Errors</TextLink></p>
      <h1 className="mt-1 text-[24px] leading-8 font-semibold">{problemTitle(code)}</h1>
      <p className="mt-2"><span className="badge">{status}</span> <code className="font-mono text-[13px]">{code}</code></p>
      <div className="max-w-[72ch]">
        <p className="mt-6"><InlineProse text={meaning} /></p>
        <h2 className="mt-6 font-semibold">Why it comes</h2>
        <ul className="mt-1 list-disc space-y-1 pl-5 text-ink-2">{causes.map((cause) => <li key={cause}><InlineProse text={cause} /></li>)}</ul>
        <h2 className="mt-6 font-semibold">What to do</h2>
        <p className="mt-1 text-ink-2"><InlineProse text={remedy} /></p>
      </div>
    </DocsFrame>
  )
}
