'use client'
import type { SubmitEvent } from 'react'
import { HiddenParams } from './hidden-params'
import type { DatesFilter, TextFilter } from './table-types'
import { filterParams } from './table-url'
import type { TableNavigation } from './use-table-navigation'

type FormProps<F> = { filter: F; navigation: TableNavigation }

/** Applies a filter's form and closes the chip around it. */
function apply(event: SubmitEvent<HTMLFormElement>, names: readonly string[], navigation: TableNavigation) {
  event.preventDefault()
  const form = event.currentTarget
  const data = new FormData(form)
  form.closest('details')?.removeAttribute('open')
  navigation.go(Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '').trim() || null])))
}

/** A filter one types: an address, an id. */
export function TextForm({ filter, value, navigation }: FormProps<TextFilter> & { value: string }) {
  const hint = `filter-${filter.id}-hint`
  return (
    <form key={value} onSubmit={(event) => apply(event, filterParams(filter), navigation)}>
      <input
        className="input"
        name={filter.id}
        defaultValue={value}
        placeholder={filter.placeholder}
        aria-label={filter.label}
        aria-describedby={filter.hint ? hint : undefined}
        autoComplete="off"
      />
      {filter.hint ? (
        <p id={hint} className="mt-1 text-[13px] text-ink-3">
          {filter.hint}
        </p>
      ) : null}
      <HiddenParams params={navigation.params} except={filterParams(filter)} />
      <button className="btn btn-small mt-2">Apply</button>
    </form>
  )
}

/** From and to, in UTC as all exact times of the console's addresses. */
export function DatesForm({ filter, values, navigation }: FormProps<DatesFilter> & { values: readonly string[] }) {
  return (
    <form key={values.join()} onSubmit={(event) => apply(event, filterParams(filter), navigation)}>
      {(['From', 'To'] as const).map((end, index) => (
        <label key={end} className="label mb-2">
          {end} (UTC)
          <input className="input mt-1" type="datetime-local" name={`${filter.id}${end}`} defaultValue={values[index]} />
        </label>
      ))}
      <HiddenParams params={navigation.params} except={filterParams(filter)} />
      <button className="btn btn-small">Apply</button>
    </form>
  )
}
