import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { encodeSessionCookie, sessionCookieName } from '@/lib/access/principals/session-cookie'
import { openSession } from '@/lib/access/principals/session'
import type { CorePermission } from '@/lib/access/permissions'
import { transaction } from '@/lib/db'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { linkIn, mailsFor } from './mail-server'

type Signed = { organization: TestOrganization; member: TestMember }

export type Fixtures = {
  /** Signs this browser in as a member with exactly these permissions of a new organization; without a list, as its administrator. */
  signedIn: (permissions?: readonly CorePermission[]) => Promise<Signed>
  /** A page in another browser, signed in as this account when one is given; closed with the test. */
  anotherPage: (accountId?: string) => Promise<Page>
  /** Waits for a mail to an address and answers the link in it that contains a path. */
  linkFromMail: (recipient: string, path: string) => Promise<string>
  /** Fails on any axe violation, in both themes. */
  expectNoViolations: (page: Page) => Promise<void>
}

export const mailFolder = (): string => process.env.E2E_MAILS ?? ''

/** Puts a session of this account into a browser context. */
export async function signInContext(context: BrowserContext, baseURL: string, accountId: string): Promise<void> {
  const { secret } = await transaction((tx) => openSession(tx, accountId, 'password'))
  await context.addCookies([{ name: sessionCookieName(), value: await encodeSessionCookie(secret), url: baseURL, httpOnly: true, sameSite: 'Lax' }])
}

/** What one can press or fill in and no script has taken over yet; nothing on pages that are not ours. */
const deafControls = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (!('__next_f' in window)) return []
    if (document.readyState !== 'complete') return ['the page is not loaded']
    const controls = [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, [role=treeitem], [role=listbox]')].filter((control) => !control.closest('.cm-editor'))
    return controls.filter((control) => !Object.keys(control).some((key) => key.startsWith('__reactProps$'))).map((control) => control.outerHTML.slice(0, 200))
  })

/** Waits until a page that was loaded whole listens: on a busy machine that is seconds after it is seen, and what is pressed before is lost. */
export async function whenHydrated(page: Page): Promise<void> {
  // A page that goes on to another one meanwhile answers no question.
  await expect.poll(() => deafControls(page).catch((error: unknown) => [String(error)]), { message: `${page.url()} listens`, intervals: [10, 20, 50, 100, 250] }).toEqual([])
}

/** A page that, loaded by its address, is there only once it listens. */
function patient(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)]
  page.goto = async (...where) => {
    const answer = await goto(...where)
    await whenHydrated(page)
    return answer
  }
  page.reload = async (...how) => {
    const answer = await reload(...how)
    await whenHydrated(page)
    return answer
  }
  return page
}

/** Colours on their way from one theme to the other would be judged as they never stay. */
async function finishTransitions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish()
  })
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map((v) => `${v.id} (${v.impact ?? 'unknown'}): ${v.nodes[0]?.html ?? ''}`)
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env.E2E_URL ?? ''),
  signedIn: async ({ context, baseURL }, use) => {
    await use(async (permissions) => {
      const organization = await makeOrganization()
      const member = permissions === undefined ? organization.admin : await makeMember(organization, permissions)
      await signInContext(context, baseURL ?? '', member.accountId)
      return { organization, member }
    })
  },
  anotherPage: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (accountId) => {
      const context = await browser.newContext({ baseURL: baseURL ?? '' })
      contexts.push(context)
      if (accountId !== undefined) await signInContext(context, baseURL ?? '', accountId)
      return patient(await context.newPage())
    })
    for (const context of contexts) await context.close()
  },
  linkFromMail: async ({}, use) => {
    await use(async (recipient, path) => {
      await expect.poll(() => mailsFor(mailFolder(), recipient).some((mail) => linkIn(mail, path)), { timeout: 60_000, message: `a mail to ${recipient} with a link to ${path}` }).toBe(true)
      return mailsFor(mailFolder(), recipient).map((mail) => linkIn(mail, path)).findLast((link) => link !== undefined) ?? ''
    })
  },
  expectNoViolations: async ({}, use) => {
    await use(async (page) => {
      // Next.js streams the title after the page's body.
      await expect(page).toHaveTitle(/./)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await finishTransitions(page)
        expect(await violationsOf(page), `axe, ${colorScheme}, ${page.url()}`).toEqual([])
      }
    })
  },
  page: async ({ page }, use) => {
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(String(error)))
    await use(patient(page))
    expect(problems, 'errors in the browser console').toEqual([])
  },
})

export { expect }
