import { Skeleton } from '@/components/ui/skeleton'

/** A page of sections before its data. For loading.tsx. */
export function PageSkeleton({ sections = 2 }: { sections?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <div className="page-header">
        <div>
          <Skeleton className="block h-6 w-40" />
          <Skeleton className="mt-2 block h-4 w-72 max-w-full" />
        </div>
      </div>
      {Array.from({ length: sections }, (_, index) => (
        <div key={index} className="section">
          <div className="section-head">
            <Skeleton className="h-5 w-32" />
          </div>
          <div className="section-body grid gap-3">
            <Skeleton className="h-4 w-2/3" />
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-4 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  )
}
