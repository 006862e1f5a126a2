import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'

const shots = process.env.E2E_SHOTS

/** With `E2E_SHOTS` set to a folder, pictures of the page as it is: light, dark, and on a phone. Without, nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  const size = page.viewportSize() ?? { width: 1280, height: 720 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 360, height: 720 })
  await page.screenshot({ path: `${shots}/${name}-360.png`, fullPage: true })
  await page.setViewportSize(size)
}
