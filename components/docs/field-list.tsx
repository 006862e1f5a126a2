import { TextLink } from '@/components/ui/text-link'
import { InlineProse } from './prose'

export type DocField = { name: string; type: string; ref: string | null; isRequired: boolean; description: string; children: readonly DocField[]; place?: string }

/** Names of an answer's fields say nothing about being required; those of what one sends do. */
type FieldListProps = { fields: readonly DocField[]; label: string; isSent?: boolean }

function FieldEntry({ field, isSent }: { field: DocField; isSent: boolean }) {
  return (
    <div className="border-t border-line-soft py-2 first:border-t-0">
      <dt className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-mono text-[12.5px] font-medium">{field.name}</code>
        <span className="text-[12px] break-words text-ink-3">{field.ref ? <TextLink href={field.ref}>{field.type}</TextLink> : field.type}</span>
        {field.place === 'header' ? <span className="badge">header</span> : null}
        {isSent && field.isRequired ? <span className="badge">required</span> : null}
      </dt>
      {field.description || field.children.length > 0 ? (
        <dd className="mt-0.5 text-ink-2">
          <InlineProse text={field.description} />
          {field.children.length > 0 ? (
            <dl className="mt-1 border-l-2 border-line-soft pl-3">
              {field.children.map((child) => <FieldEntry key={child.name} field={child} isSent={isSent} />)}
            </dl>
          ) : null}
        </dd>
      ) : null}
    </div>
  )
}

/** Parameters or fields with their types and what they are for. */
export function FieldList({ fields, label, isSent = false }: FieldListProps) {
  if (fields.length === 0) return null
  return (
    <section className="mt-4">
      <h3 className="text-[12px] font-semibold text-ink-3">{label}</h3>
      <dl className="mt-1">{fields.map((field) => <FieldEntry key={`${field.place ?? ''}${field.name}`} field={field} isSent={isSent} />)}</dl>
    </section>
  )
}
