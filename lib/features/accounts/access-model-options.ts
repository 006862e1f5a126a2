import { accessModels } from '@/lib/access/models/catalogue'

export const DEFAULT_MODEL = 'standard'

/** Access models to choose from when making an organization, the default one first. */
export function accessModelOptions(): { value: string; label: string }[] {
  const models = Object.values(accessModels).map(({ name, title }) => ({ value: name as string, label: title }))
  return [...models.filter(({ value }) => value === DEFAULT_MODEL), ...models.filter(({ value }) => value !== DEFAULT_MODEL)]
}

/** The same with what one looks at before choosing. */
export function accessModelChoices(): { name: string; title: string; description: string; roles: { title: string; description: string }[]; types: string[] }[] {
  return accessModelOptions().flatMap(({ value }) => {
    const model = Object.values(accessModels).find(({ name }) => name === value)
    if (!model) return []
    const { name, title, description } = model
    return [{ name, title, description, roles: model.roles.map((role) => ({ title: role.title, description: role.description })), types: model.resourceTypes.map((type) => type.title) }]
  })
}
