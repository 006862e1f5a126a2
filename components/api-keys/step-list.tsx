'use client'

/** Where one is in a form of several steps; those before can be gone back to. */
export function StepList({ steps, current, onGo }: { steps: readonly string[]; current: number; onGo: (step: number) => void }) {
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === current ? 'step' : undefined} className={index === current ? 'font-semibold text-accent-text' : 'text-ink-3'}>
          {index < current ? (
            <button type="button" className="underline underline-offset-2" onClick={() => onGo(index)}>
              {index + 1}. {step}
            </button>
          ) : (
            `${index + 1}. ${step}`
          )}
        </li>
      ))}
    </ol>
  )
}
