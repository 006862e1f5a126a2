import { Checkbox } from '@/components/ui/checkbox'
import { SURFACES, type Surface } from '@/lib/access/allowlist/surfaces'
import { SURFACE_WORDS } from './words'

/** What an entry opens, as boxes to tick. */
export function SurfaceFields({ chosen }: { chosen: readonly Surface[] }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="label mb-1">Opens</legend>
      {SURFACES.map((surface) => <Checkbox key={surface} name={`surface-${surface}`} label={SURFACE_WORDS[surface].title} detail={SURFACE_WORDS[surface].detail} defaultChecked={chosen.includes(surface)} />)}
    </fieldset>
  )
}

/** The boxes that are ticked. */
export const surfacesIn = (data: FormData): Surface[] => SURFACES.filter((surface) => data.get(`surface-${surface}`) !== null)

/** The end that was chosen, in UTC; null: never. */
export function endOf(data: FormData): string | null {
  const end = String(data.get('expiresAt') ?? '')
  return end === '' ? null : new Date(`${end}:00Z`).toISOString()
}
