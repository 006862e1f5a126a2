import { redirect } from 'next/navigation'
import { memberPage } from '@/app/console-page'
import { TABS } from './navigation'

/** Opens the first tab this person may see, or their own access when there is none. */
export default memberPage(async ({ ctx, org }) => {
  const first = TABS.find((tab) => ctx.rights.anywhere(tab.permission))
  return redirect(`/${org}/${first?.path ?? 'my-access'}`)
})
