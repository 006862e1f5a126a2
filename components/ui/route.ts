import type { Route } from 'next'

/** Marks an address put together at run time for Next's typed links (its documented way for such addresses). */
export const toRoute = (address: string): Route => address as Route
