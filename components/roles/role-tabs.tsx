import { LinkTabs } from '@/components/ui/link-tabs'

/** The three ways to look at roles. */
export function RoleTabs({ org, current }: { org: string; current: 'list' | 'matrix' | 'compare' }) {
  const href = { list: `/${org}/roles`, matrix: `/${org}/roles/matrix`, compare: `/${org}/roles/compare` }
  return (
    <div className="mb-3">
      <LinkTabs
        label="Views of roles"
        current={href[current]}
        items={[{ href: href.list, label: 'List' }, { href: href.matrix, label: 'Matrix' }, { href: href.compare, label: 'Compare' }]}
      />
    </div>
  )
}
