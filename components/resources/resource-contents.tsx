import type { ContentsPage } from '@/lib/features/resources/contents'
import type { Creatable } from '@/lib/features/resources/denials'
import { PAGE_SIZES } from '@/lib/features/resources/page-request'
import { countInWords } from '@/lib/pagination'
import { withArticle, type Place } from '@/lib/features/resources/rules'
import { ContentsTable } from './contents-table'
import { CreateResource } from './create-resource'
import type { NameRules } from './resource-menu'

type ResourceContentsProps = {
  org: string
  place: Place
  contents: ContentsPage
  creatable: readonly Creatable[]
  nameRules: NameRules
  types: readonly { name: string; title: string; plural: string; attributes?: Readonly<Record<string, string>> }[]
  pageSize: number
  /** Whether the address asks for the form that makes something. */
  isAsked: boolean
}

/** "a folder or a cluster". */
function oneOf(types: readonly { title: string }[]): string {
  const words = types.map(({ title }) => withArticle(title))
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** What lies in a resource, with the form that makes more of it. */
export function ResourceContents({ org, place, contents, creatable, nameRules, types, pageSize, isAsked }: ResourceContentsProps) {
  const possible = creatable.filter(({ disabledReason }) => disabledReason === null)
  return (
    <div className="mb-4">
      <CreateResource key={place.id} org={org} parent={{ id: place.id, name: place.name }} options={creatable} isAsked={isAsked} />
      <ContentsTable
        org={org}
        name={place.name}
        rows={contents.rows}
        types={types.map(({ name, plural }) => ({ type: name, plural }))}
        hasLabels={types.some(({ attributes }) => attributes?.['labels'] !== undefined)}
        nameRules={nameRules}
        pages={{ nextCursor: contents.nextCursor, previousCursor: contents.previousCursor, countLabel: countInWords(contents.count, contents.isCountExact, 'resource'), pageSize, sizes: PAGE_SIZES }}
        emptyText={possible.length > 0 ? `Make ${oneOf(possible)} here with the button above.` : `There can be ${oneOf(types)} here; somebody who may make one has to.`}
      />
    </div>
  )
}
