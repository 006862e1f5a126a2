import { Check } from 'lucide-react'
import type { ComparedLine } from '@/lib/features/roles/view'

type RoleComparisonProps = { label: string; lines: readonly ComparedLine[]; a: string; b: string }

function Mark({ has }: { has: boolean }) {
  if (!has) return <span className="dim">no</span>
  return (
    <>
      <Check aria-hidden="true" />
      <span className="sr-only">yes</span>
    </>
  )
}

/** Permissions of two roles in a table, a line each. */
export function RoleComparison({ label, lines, a, b }: RoleComparisonProps) {
  return (
    <div className="overflow-x-auto">
      <table className="compare" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            <th scope="col">{a}</th>
            <th scope="col">{b}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row">
                {line.title}
                <span className="mono">{line.name}</span>
              </th>
              <td>
                <Mark has={line.a} />
              </td>
              <td>
                <Mark has={line.b} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
