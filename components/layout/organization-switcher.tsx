import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import Link from 'next/link'
import { Disclosure } from '@/components/ui/disclosure'
import { toRoute } from '@/components/ui/route'
import type { OrganizationLink } from './navigation'
import { Wordmark } from './wordmark'

type OrganizationSwitcherProps = {
  organization: { name: string; detail?: string | undefined; href: string }
  organizations: readonly OrganizationLink[]
  /** Where to create one; absent when that is not allowed. */
  createHref?: string | undefined
}

/** The organization one is in, and the way to the others. Links behind a native disclosure. */
export function OrganizationSwitcher({ organization, organizations, createHref }: OrganizationSwitcherProps) {
  return (
    <Disclosure
      className="min-w-0 grow"
      summaryClass="org-button"
      label={`${[organization.name, organization.detail].filter(Boolean).join(' ')}. Switch organization`}
      summary={
        <>
          <Wordmark mark />
          <span className="org-name">
            <b>{organization.name}</b>{' '}
            {organization.detail ? <small>{organization.detail}</small> : null}
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 flex-none text-ink-3" />
        </>
      }
    >
      <nav className="popup menu w-[240px]" aria-label="Organizations">
        {organizations.map((each) => (
          <Link
            key={each.href}
            href={toRoute(each.href)}
            prefetch={false}
            className="menu-item"
            aria-current={each.href === organization.href ? 'true' : undefined}
          >
            <span className="min-w-0 truncate">
              {each.name}
              {each.detail ? <small>{each.detail}</small> : null}
            </span>
            {each.href === organization.href ? <Check aria-hidden="true" className="tick" /> : null}
          </Link>
        ))}
        {createHref ? (
          <>
            <div className="menu-line" />
            <Link href={toRoute(createHref)} prefetch={false} className="menu-item">
              <Plus aria-hidden="true" />
              Create organization
            </Link>
          </>
        ) : null}
      </nav>
    </Disclosure>
  )
}
