import { operation } from '@/lib/boundary/operation'
import { changeEntry, clearEntries, insertEntries, removeEntry, requireDistinct, requireEntry } from './entries'
import { findCovered, removeCovered } from './covered'
import { judgeImport } from './import'
import { CreateEntryInput, DeleteEntryInput, ImportInput, NothingInput, UpdateAllowlistInput, UpdateEntryInput } from './schema'
import { changeAllowlist, endWaiting, holdSettings, switchOff } from './state'

/** On a busy machine 100,000 entries may take longer than other changes. */
const LARGE_MS = 60_000

const TARGETS: { type: string; id: string; name: string }[] = []
const entryTarget = ({ id, cidr }: { id: string; cidr: string }) => [{ type: 'allowlist_entry', id, name: cidr }]
const forData = (entries: readonly { surfaces: readonly string[] }[]): boolean => entries.some(({ surfaces }) => surfaces.includes('data'))

/** Sets the mode, or all entries, or both. */
export const updateAllowlist = operation({
  event: 'allowlist.update',
  permission: 'allowlist:write',
  input: UpdateAllowlistInput,
  recent: true,
  timeoutMs: LARGE_MS,
  run: async (ctx, { mode, entries, confirmLockout }) => {
    if (entries) requireDistinct(entries)
    const { before, after } = await changeAllowlist(ctx, {
      mode, confirmLockout,
      // A whole list says by itself whether it is about data; an empty one leaves it as it was, so that nothing opens.
      coversData: (was) => (entries === undefined || entries.length === 0 ? was : forData(entries)),
      write: async (marking) => {
        if (entries === undefined) return
        await clearEntries(ctx, marking)
        if (entries.length > 0) await insertEntries(ctx, entries, marking)
      },
    })
    return {
      value: null, targets: TARGETS, before: { mode: before.mode }, after: { mode: after.mode, ...(entries && { entries: entries.length }) },
      detail: { waits: after.waiting !== null, ...(confirmLockout === true && { confirmLockout }) },
    }
  },
})

export const createEntry = operation({
  event: 'allowlist-entry.create',
  permission: 'allowlist:write',
  input: CreateEntryInput,
  recent: true,
  run: async (ctx, { confirmLockout, ...entry }) => {
    let id = ''
    await changeAllowlist(ctx, {
      confirmLockout, coversData: (was) => was || forData([entry]),
      write: async (marking) => {
        id = await insertEntries(ctx, [entry], marking)
      },
    })
    const { cidr, description, surfaces, expiresAt } = entry
    return { value: { id }, targets: entryTarget({ id, cidr }), after: { cidr, description, surfaces, expiresAt: expiresAt?.toISOString() ?? null } }
  },
})

/** Describes an entry anew, or changes what it opens and until when. Its address stays: another one is another entry. */
export const updateEntry = operation({
  event: 'allowlist-entry.update',
  permission: 'allowlist:write',
  input: UpdateEntryInput,
  recent: true,
  run: async (ctx, { id, confirmLockout, ...change }) => {
    const before = await requireEntry(ctx, id)
    const after = {
      description: change.description ?? before.description, surfaces: change.surfaces ?? before.surfaces, expiresAt: change.expiresAt === undefined ? before.expiresAt : change.expiresAt,
    }
    const told = ({ description, surfaces, expiresAt }: typeof after) => ({ description, surfaces, expiresAt: expiresAt?.toISOString() ?? null })
    await changeAllowlist(ctx, { confirmLockout, coversData: (was) => was || forData([after]), write: (marking) => changeEntry(ctx, before, after, marking) })
    return { value: { id }, targets: entryTarget(before), before: told(before), after: told(after) }
  },
})

/** Takes an entry off. With the last one nobody may enter any more: an empty list opens nothing. */
export const deleteEntry = operation({
  event: 'allowlist-entry.delete',
  permission: 'allowlist:write',
  input: DeleteEntryInput,
  recent: true,
  run: async (ctx, { id, confirmLockout }) => {
    const entry = await requireEntry(ctx, id)
    await changeAllowlist(ctx, { confirmLockout, coversData: (was) => was, write: (marking) => removeEntry(ctx, entry, marking) })
    return { value: { id }, targets: entryTarget(entry), before: { cidr: entry.cidr, description: entry.description } }
  },
})

/** Takes off every entry that opens nothing which a wider one does not open for as long: nobody gains or loses access. */
export const tidyEntries = operation({
  event: 'allowlist.tidy',
  permission: 'allowlist:write',
  input: NothingInput,
  recent: true,
  run: async (ctx) => {
    // Held before looking: a wider entry that somebody takes off meanwhile would cover nothing any more.
    await holdSettings(ctx)
    const ids = await findCovered(ctx)
    if (ids.length > 0) await changeAllowlist(ctx, { confirmLockout: undefined, coversData: (was) => was, write: (marking) => removeCovered(ctx, ids, marking) })
    return { value: { removed: ids.length }, targets: TARGETS, after: { removed: ids.length } }
  },
})

/** Adds what is good of many rows, if all are; asked to repair, what one click would make good. */
export const importEntries = operation({
  event: 'allowlist.import',
  permission: 'allowlist:write',
  input: ImportInput,
  recent: true,
  timeoutMs: LARGE_MS,
  run: async (ctx, input) => {
    const { rows, entries } = await judgeImport(ctx, input)
    if (entries.length > 0) {
      await changeAllowlist(ctx, {
        confirmLockout: undefined, coversData: (was) => was || forData(entries),
        write: async (marking) => void (await insertEntries(ctx, entries, marking)),
      })
    }
    return { value: { added: entries.length, rows: rows.length }, targets: TARGETS, after: { added: entries.length }, detail: { rows: rows.length } }
  },
})

/** Keeps what waits. Whoever comes from an address that is not listed does not get this far. */
export const confirmAllowlist = operation({
  event: 'allowlist.confirm',
  permission: 'allowlist:write',
  input: NothingInput,
  run: async (ctx) => {
    const { after } = await endWaiting(ctx, 'keep')
    return { value: null, targets: TARGETS, after: { mode: after.mode } }
  },
})

/** Takes back what waits, now. */
export const revertAllowlist = operation({
  event: 'allowlist.revert',
  permission: 'allowlist:write',
  input: NothingInput,
  run: async (ctx) => {
    const { before, after } = await endWaiting(ctx, 'restore')
    return { value: null, targets: TARGETS, before: { mode: before.mode }, after: { mode: after.mode } }
  },
})

/** The break-glass of the local command: the list is off at once, its entries stay. */
export const disableAllowlist = operation({
  event: 'allowlist.disable',
  permission: 'allowlist:write',
  input: NothingInput,
  recent: true,
  run: async (ctx) => {
    const { before, after } = await switchOff(ctx)
    return { value: { before: before.mode }, targets: TARGETS, before: { mode: before.mode }, after: { mode: after.mode } }
  },
})
