import { CopyButton } from '@/components/ui/copy-button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AttributeType } from '@/lib/access/models/access-model'
import type { ResourceRow } from '@/lib/features/resources/rules'
import { attributeInWords, attributeTitle } from './attribute-words'

type ResourceFactsProps = { resource: ResourceRow; declared: readonly (readonly [string, AttributeType])[] }

const nothing = <span className="dim">–</span>

/** What a resource is called where, and the attributes that the model declares for its type. */
export function ResourceFacts({ resource, declared }: ResourceFactsProps) {
  const { id, typeTitle, externalId, attributes, createdAt } = resource
  const values = declared.map(([name]) => {
    const value = attributes[name]
    return { label: attributeTitle(name), value: value === undefined ? nothing : attributeInWords(value) }
  })
  return (
    <KeyValueList
      items={[
        {
          label: 'Id',
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <code className="break-all">{id}</code>
              <CopyButton text={id} label="Copy id" />
            </span>
          ),
        },
        { label: 'Type', value: typeTitle },
        { label: 'External id', value: externalId === null ? nothing : <code className="break-all">{externalId}</code> },
        ...values,
        { label: 'Created', value: <RelativeTime at={createdAt} /> },
      ]}
    />
  )
}
