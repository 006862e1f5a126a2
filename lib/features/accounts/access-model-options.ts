import { accessModels } from '@/lib/access/models/catalogue'

export const DEFAULT_MODEL = 'standard'

/** Access models to choose from when making an organization, the default one first. */
export function accessModelOptions(): { value: string; label: string }[] {
  const models = Object.values(accessModels).map(({ name, title }) => ({ value: name as string, label: title }))
  return [...models.filter(({ value }) => value === DEFAULT_MODEL), ...models.filter(({ value }) => value !== DEFAULT_MODEL)]
}
