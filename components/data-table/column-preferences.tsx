'use client'
import { createContext, use, useState } from 'react'

/** The cookie `columns`, as the server read it; ConsoleProviders sets it, so that the first HTML is already right. */
export const ColumnPreferences = createContext('')

export const COLUMN_COOKIE = 'columns'
const YEAR_S = 365 * 24 * 3600

/** The cookie's text, `users:added.groups~keys:owner`: per table the columns that are not as they come. */
function parse(text: string): Map<string, readonly string[]> {
  const tables = decodeURIComponent(text).split('~').filter(Boolean)
  return new Map(
    tables.map((table) => {
      const [name = '', ids = ''] = table.split(':')
      return [name, ids.split('.').filter(Boolean)]
    }),
  )
}

function write(name: string, ids: readonly string[]) {
  const current = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${COLUMN_COOKIE}=`))
  const tables = parse(current?.slice(COLUMN_COOKIE.length + 1) ?? '').set(name, ids)
  const text = [...tables].filter(([, each]) => each.length > 0).map(([table, each]) => `${table}:${each.join('.')}`)
  document.cookie = `${COLUMN_COOKIE}=${encodeURIComponent(text.join('~'))}; path=/; max-age=${YEAR_S}; samesite=lax`
}

/**
 * Which columns of a table are switched against their default, remembered in a cookie.
 *
 * @returns the switched column ids and the function that switches one
 */
export function useColumnPreferences(table: string): [ReadonlySet<string>, (id: string) => void] {
  const name = table.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const cookie = use(ColumnPreferences)
  const [switched, setSwitched] = useState<ReadonlySet<string>>(() => new Set(parse(cookie).get(name)))
  function flip(id: string) {
    const next = new Set(switched)
    if (!next.delete(id)) next.add(id)
    setSwitched(next)
    write(name, [...next])
  }
  return [switched, flip]
}
