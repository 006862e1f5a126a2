'use client'
import { useId } from 'react'
import { useFormField } from '@/components/forms/form-context'
import { ModelTextField } from './model-text-field'

/** A model to choose, with what one looks at before choosing. */
export type ModelChoice = { name: string; title: string; description: string; roles: { title: string; description: string }[]; types: string[] }

type ModelPickerProps = { name: string; textField: string; choices: readonly ModelChoice[]; defaultValue: string; /** Whether a text of one's own can be checked before it is sent, for whoever is signed in. */ canCheck?: boolean }

/** Access models as cards, the last of them one's own in JSON. Works before script: the field for JSON shows by CSS. */
export function ModelPicker({ name, textField, choices, defaultValue, canCheck = true }: ModelPickerProps) {
  const { error, value } = useFormField(name)
  const id = useId()
  const chosen = value ?? defaultValue
  return (
    <fieldset className="model-picker" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="label mb-1">Access model</legend>
      <p className="field-hint mb-2">Which roles, permissions and kinds of resources there are. A built-in model can be made your own later, and changed then.</p>
      <div className="grid gap-2">
        {choices.map((choice) => (
          <ModelCard key={choice.name} name={name} choice={choice} isChosen={choice.name === chosen} />
        ))}
        <label className="model-card">
          <input type="radio" name={name} value="custom" defaultChecked={chosen === 'custom'} />
          <span>
            <strong>Your own (JSON)</strong>
            <small>Resource types, permissions and roles of your platform, as you declare them.</small>
          </span>
        </label>
      </div>
      {error ? (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      ) : null}
      <div className="model-own mt-4">
        <ModelTextField name={textField} canCheck={canCheck} />
      </div>
    </fieldset>
  )
}

function ModelCard({ name, choice, isChosen }: { name: string; choice: ModelChoice; isChosen: boolean }) {
  const { title, description, roles, types } = choice
  return (
    <div>
      <label className="model-card">
        <input type="radio" name={name} value={choice.name} defaultChecked={isChosen} />
        <span>
          <strong>{title}</strong>
          <small>{description}</small>
        </span>
      </label>
      <details className="ml-9 text-[13px]">
        <summary className="w-fit cursor-pointer py-1 text-ink-2">
          {roles.length} roles, {types.length} resource types<span className="sr-only"> of {title}</span>
        </summary>
        <p className="mb-1 text-ink-2">Resources: {types.join(', ')}.</p>
        <ul className="mb-2 grid gap-1">
          {roles.map((role) => (
            <li key={role.title}>
              <strong className="font-medium">{role.title}</strong> <span className="text-ink-2">{role.description}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
