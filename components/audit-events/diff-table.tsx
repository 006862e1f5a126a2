import type { DiffRow } from '@/lib/features/audit-events/diff'

const MARKS = { added: '+', removed: '−', changed: '~', same: '' } as const
const WORDS = { added: 'added', removed: 'removed', changed: 'changed', same: 'unchanged' } as const

/** Values field by field: before and after, or with `single` just what is there. */
export function DiffTable({ title, rows, single = false }: { title: string; rows: readonly DiffRow[]; single?: boolean }) {
  return (
    <table className="w-full text-left text-[13px]">
      <caption className="pb-1 text-left font-semibold">{title}</caption>
      <thead className="text-[12px] text-ink-3">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 pr-3 font-medium">Field</th>
          {single ? null : <th scope="col" className="py-1 pr-3 font-medium">Before</th>}
          <th scope="col" className="py-1 font-medium">{single ? 'Value' : 'After'}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field} className="border-b border-line-soft align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal text-ink-2">
              {single ? null : (
                <span className="mono mr-1.5 inline-block w-2 text-ink-3" title={WORDS[row.change]} aria-label={WORDS[row.change]} role="img">
                  {MARKS[row.change]}
                </span>
              )}
              {row.field}
            </th>
            {single ? null : (
              <td className="py-1.5 pr-3 wrap-anywhere">
                {row.before === null ? <span className="dim">–</span> : row.change === 'same' ? row.before : <del className="rounded-[3px] bg-bad-bg px-1 text-bad">{row.before}</del>}
              </td>
            )}
            <td className="py-1.5 wrap-anywhere">
              {row.after === null ? <span className="dim">–</span> : single || row.change === 'same' ? row.after : <ins className="rounded-[3px] bg-ok-bg px-1 text-ok no-underline">{row.after}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
