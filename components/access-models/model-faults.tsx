import { CircleAlert } from 'lucide-react'
import { sentence } from '@/components/forms/sentence'
import type { FieldError, TextPosition } from '@/lib/errors'

type ModelFaultsProps = { title: string; faults: readonly FieldError[]; onGoTo: (position: TextPosition) => void }

/** What is wrong with a text, each fault a button that goes to its place. */
export function ModelFaults({ title, faults, onGoTo }: ModelFaultsProps) {
  return (
    <div role="alert" className="error-summary">
      <p className="flex items-center gap-2">
        <CircleAlert aria-hidden="true" className="size-4 text-bad" />
        {title}
      </p>
      <ul aria-label="Faults">
        {faults.map(({ message, position }, index) => (
          <li key={index} className="break-words">
            {position ? (
              <button type="button" className="text-left underline underline-offset-2" onClick={() => onGoTo(position)}>
                {sentence(message)}
              </button>
            ) : (
              sentence(message)
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
