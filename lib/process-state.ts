type Store = Record<symbol, unknown>

/**
 * One value per process under a name. server.ts and Next.js each load their own copy of every
 * module, so whatever must exist once (pools, indexes, contexts) is made through here.
 */
export function processWide<T>(name: string, make: () => T): T {
  const store: Store = globalThis as unknown as Store
  const key = Symbol.for(`gatehouse.${name}`)
  store[key] ??= make()
  return store[key] as T
}
