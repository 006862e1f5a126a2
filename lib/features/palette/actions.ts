'use server'

import { enteredPage } from '@/lib/boundary/page'
import { isAppError } from '@/lib/errors'
import { findPaletteEntries, type PaletteEntry } from './queries'

/** What the command palette finds; nothing for who may not look, or is no longer signed in. */
export async function findPaletteEntriesAction(org: string, text: string): Promise<PaletteEntry[]> {
  try {
    return await findPaletteEntries(await enteredPage(String(org)), String(text).trim().slice(0, 100))
  } catch (error) {
    if (isAppError(error)) return []
    throw error
  }
}
