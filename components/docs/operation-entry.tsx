import { CodeBlock } from '@/components/ui/code-block'
import { TextLink } from '@/components/ui/text-link'
import { FieldList, type DocField } from './field-list'
import { Prose } from './prose'

export type DocOperation = {
  anchor: string
  method: string
  path: string
  summary: string
  description: string
  parameters: readonly DocField[]
  body: { fields: readonly DocField[] } | null
  answer: { status: string; description: string; type: string; ref: string | null; fields: readonly DocField[]; example: string | null }
  errors: readonly { status: number; code: string; title: string }[]
  curl: string
}

/** An example that is read, not copied. */
function Example({ text, label }: { text: string; label: string }) {
  return (
    <pre tabIndex={0} role="region" aria-label={label} className="mt-2 max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-[12px] leading-[18px]">
      <code>{text}</code>
    </pre>
  )
}

function Answer({ answer, summary }: { answer: DocOperation['answer']; summary: string }) {
  return (
    <>
      <h3 className="mt-4 text-[12px] font-semibold text-ink-3">
        Answer {answer.status}
        {answer.ref ? <>: <TextLink href={answer.ref}>{answer.type}</TextLink></> : answer.fields.length === 0 && answer.type ? `: ${answer.type}` : null}
      </h3>
      {answer.example ? <Example text={answer.example} label={`Answer of: ${summary}`} /> : null}
      <FieldList label="Fields of the answer" fields={answer.fields} />
    </>
  )
}

/** One call: what it does, what it takes, a command to try, what it answers, what can go wrong. */
export function OperationEntry({ operation }: { operation: DocOperation }) {
  const { anchor, method, path, summary, description, parameters, body, answer, errors, curl } = operation
  return (
    <article id={anchor} aria-labelledby={`${anchor}-title`} className="scroll-mt-6 border-t border-line py-8">
      <h2 id={`${anchor}-title`} className="text-[16px] leading-6 font-semibold">
        <a href={`#${anchor}`} className="hover:underline">{summary}</a>
      </h2>
      <p className="mt-1 font-mono text-[12.5px] break-all"><span className="badge">{method}</span> {path}</p>
      <div className="mt-3"><Prose text={description} /></div>
      <div className="mt-4"><CodeBlock code={curl} label={`Example: ${summary}`} /></div>
      <FieldList label="Parameters" fields={parameters} isSent />
      {body ? <FieldList label="Body" fields={body.fields} isSent /> : null}
      <Answer answer={answer} summary={summary} />
      <h3 className="mt-4 text-[12px] font-semibold text-ink-3">Errors</h3>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {errors.map((error) => (
          <li key={error.code}>{error.status} <TextLink href={`/docs/problems/${error.code}`}>{error.code}</TextLink></li>
        ))}
      </ul>
    </article>
  )
}
