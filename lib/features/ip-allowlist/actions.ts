'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { judgeImport } from './import'
import { confirmAllowlist, deleteEntry, importEntries, revertAllowlist, tidyEntries, updateAllowlist, updateEntry } from './operations'
import { checkAddress } from './queries'
import { CheckInput, ImportInput, NothingInput } from './schema'
import { findWouldBeRefused } from './sightings'

export const updateAllowlistAction = defineAction(updateAllowlist)
export const updateEntryAction = defineAction(updateEntry)
export const deleteEntriesAction = defineBulkAction(deleteEntry)
export const importEntriesAction = defineAction(importEntries)
export const tidyEntriesAction = defineAction(tidyEntries)
export const confirmAllowlistAction = defineAction(confirmAllowlist)
export const revertAllowlistAction = defineAction(revertAllowlist)

/** What an import would do, row by row. */
export const judgeImportAction = defineReadAction('allowlist:write', ImportInput, (ctx, input) => judgeImport(ctx, input, true).then(({ rows }) => rows))
export const checkAddressAction = defineReadAction('allowlist:read', CheckInput, checkAddress)
/** Who of the recent callers the list would refuse. */
export const findWouldBeRefusedAction = defineReadAction('allowlist:read', NothingInput, findWouldBeRefused)
