'use client'
import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { HiddenParams } from './hidden-params'
import type { OptionsFilter } from './table-types'
import { ANY, filterParams } from './table-url'
import type { TableNavigation } from './use-table-navigation'

const SEARCH_FROM = 9

type OptionsFormProps = { filter: OptionsFilter; values: readonly string[]; navigation: TableNavigation }

/** Boxes to tick; each tick filters at once, without script a button does. */
export function OptionsForm({ filter, values, navigation }: OptionsFormProps) {
  const [text, setText] = useState('')
  const fits = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase())
  const shown = filter.options.filter((option) => fits(option.label) || values.includes(option.value))

  function tick(value: string, on: boolean) {
    const chosen = filter.single ? (on ? [value] : []) : on ? [...values, value] : values.filter((each) => each !== value)
    const none = chosen.length === 0 && (filter.defaultValues?.length ?? 0) > 0
    navigation.go({ [filter.id]: none ? ANY : chosen })
  }
  return (
    <form>
      {filter.options.length < SEARCH_FROM ? null : (
        <input
          className="input mb-2"
          type="search"
          aria-label={`Find in ${filter.label}`}
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className="filter-options">
        {shown.map((option) => (
          <Checkbox
            key={option.value}
            type={filter.single ? 'radio' : 'checkbox'}
            name={filter.id}
            value={option.value}
            label={option.label}
            detail={option.detail}
            checked={values.includes(option.value)}
            onChange={(event) => tick(option.value, event.currentTarget.checked)}
          />
        ))}
        {shown.length === 0 ? <p className="dim">Nothing matches.</p> : null}
      </div>
      <HiddenParams params={navigation.params} except={filterParams(filter)} />
      <noscript>
        <button className="btn btn-small mt-2">Apply</button>
      </noscript>
    </form>
  )
}
