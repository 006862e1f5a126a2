import clsx from 'clsx'

/** A grey place for what is still coming; sizes by class (`w-40 h-4`). Hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('skeleton', className)} />
}
