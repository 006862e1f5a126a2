import { Monitor, Moon, Sun } from 'lucide-react'
import type { Theme } from './theme'

const CHOICES = [
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'dark', label: 'Dark', Icon: Moon },
  { theme: 'system', label: 'As the system', Icon: Monitor },
] as const

/** Three buttons of a plain form: `action` receives `theme` and sets the cookie. Works without script. */
export function ThemeSwitch({ theme, action }: { theme: Theme; action: (data: FormData) => Promise<void> }) {
  return (
    <form action={action}>
      <div className="theme-switch" role="group" aria-label="Colours">
        {CHOICES.map(({ theme: value, label, Icon }) => (
          <button key={value} name="theme" value={value} aria-pressed={value === theme} aria-label={label} title={label}>
            <Icon aria-hidden="true" />
          </button>
        ))}
      </div>
    </form>
  )
}
