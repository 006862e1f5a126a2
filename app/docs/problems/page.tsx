import type { Metadata } from 'next'
import { DocsFrame } from '@/components/docs/docs-frame'
import { InlineProse } from '@/components/docs/prose'
import { TextLink } from '@/components/ui/text-link'
import { PROBLEM_HELP } from '@/lib/api/problem-help'
import { ERRORS, isErrorCode } from '@/lib/errors'

export const metadata: Metadata = { title: 'Errors' }

/** Every error there is, by status. */
export default function ProblemsPage() {
  const codes = Object.keys(ERRORS).filter(isErrorCode)
  return (
    <DocsFrame>
      <h1 className="text-[24px] leading-8 font-semibold">Errors</h1>
      <p className="mt-2 max-w-[72ch] text-ink-2">Every answer that is no success carries one of these as <code className="font-mono text-[12.5px]">type</code> of a problem document (RFC 9457).</p>
      <dl className="mt-6">
        {codes.map((code) => (
          <div key={code} className="border-t border-line-soft py-3">
            <dt><span className="badge">{ERRORS[code].status}</span> <TextLink href={`/docs/problems/${code}`}>{code}</TextLink></dt>
            <dd className="mt-1 max-w-[72ch] text-ink-2"><InlineProse text={PROBLEM_HELP[code].meaning} /></dd>
          </div>
        ))}
      </dl>
    </DocsFrame>
  )
}
