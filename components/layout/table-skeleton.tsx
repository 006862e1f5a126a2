import { Skeleton } from '@/components/ui/skeleton'

const WIDTHS = ['w-44', 'w-16', 'w-36', 'w-20', 'w-24', 'w-16']

/** A page with a table before its data: the same heading, bar and rows in grey. For loading.tsx. */
export function TableSkeleton({ columns = 5, rows = 12 }: { columns?: number; rows?: number }) {
  const widths = Array.from({ length: columns }, (_, index) => WIDTHS[index % WIDTHS.length])
  return (
    <div role="status" aria-label="Loading">
      <div className="page-header">
        <div>
          <Skeleton className="block h-6 w-32" />
          <Skeleton className="mt-2 block h-4 w-72 max-w-full" />
        </div>
        <Skeleton className="h-8 w-28" />
      </div>
      <div className="toolbar">
        <Skeleton className="h-[34px] w-[280px] max-w-full" />
        <Skeleton className="h-7 w-20 rounded-full" />
        <Skeleton className="h-7 w-20 rounded-full" />
      </div>
      <div className="table-frame">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="skeleton-row">
            {widths.map((width, index) => (
              <Skeleton key={index} className={`h-3 ${width} ${index > 0 ? 'max-md:hidden' : ''}`} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
