/** How far long work is; without `value` only that it goes on. */
export function Progress({ label, value, max = 100 }: { label: string; value?: number; max?: number }) {
  return <progress className="progress" aria-label={label} {...(value === undefined ? {} : { value, max })} />
}
