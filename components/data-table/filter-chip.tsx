'use client'
import { ChevronDown, X } from 'lucide-react'
import { Disclosure } from '@/components/ui/disclosure'
import { DatesForm, TextForm } from './filter-forms'
import { OptionsForm } from './filter-options'
import type { TableFilter } from './table-types'
import { ANY, filterParams, filterValues } from './table-url'
import type { TableNavigation } from './use-table-navigation'

const TOLD_MAX = 2

/** One filter: a chip that says what is chosen, opens to change it, and has a cross to drop it. */
export function FilterChip({ filter, navigation }: { filter: TableFilter; navigation: TableNavigation }) {
  const values = filterValues(filter, navigation.params)
  const told = describe(filter, values)
  const hasDefault = filter.kind !== 'text' && filter.kind !== 'dates' && (filter.defaultValues?.length ?? 0) > 0
  const drop = () =>
    navigation.go(Object.fromEntries(filterParams(filter).map((name) => [name, hasDefault ? ANY : null])))
  return (
    <div className="filter" data-on={told ? '' : undefined}>
      <Disclosure
        name="table-filter"
        summaryClass="filter-chip"
        summary={
          <>
            <span>{told ? `${filter.label}: ${told}` : filter.label}</span>
            {told ? null : <ChevronDown aria-hidden="true" />}
          </>
        }
      >
        <div className="popup filter-panel" role="group" aria-label={filter.label}>
          {filter.kind === 'text' ? (
            <TextForm filter={filter} value={values[0] ?? ''} navigation={navigation} />
          ) : filter.kind === 'dates' ? (
            <DatesForm filter={filter} values={values} navigation={navigation} />
          ) : (
            <OptionsForm filter={filter} values={values} navigation={navigation} />
          )}
        </div>
      </Disclosure>
      {told ? (
        <button type="button" className="filter-drop" aria-label={`Clear filter ${filter.label}`} onClick={drop}>
          <X aria-hidden="true" />
        </button>
      ) : null}
    </div>
  )
}

/** What is chosen, in a few words; empty when nothing is. */
function describe(filter: TableFilter, values: readonly string[]): string {
  if (filter.kind === 'text') return values[0] ?? ''
  if (filter.kind === 'dates') {
    const [from = '', to = ''] = values.map((value) => value.replace('T', ' '))
    return from && to ? `${from} to ${to}` : from ? `from ${from}` : to ? `until ${to}` : ''
  }
  const labels = values.map((value) => filter.options.find((option) => option.value === value)?.label ?? value)
  return labels.length > TOLD_MAX ? `${labels.length} chosen` : labels.join(', ')
}
