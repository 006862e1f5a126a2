import { accessModels } from '@/lib/access/models/catalogue'

export const DEFAULT_MODEL = 'standard'

/** Access models to choose from when making an organization, with what one looks at before choosing; the default one first. */
export function accessModelChoices(): { name: string; title: string; description: string; roles: { title: string; description: string }[]; types: string[] }[] {
  const models = Object.values(accessModels)
  const ordered = [...models.filter(({ name }) => name === DEFAULT_MODEL), ...models.filter(({ name }) => name !== DEFAULT_MODEL)]
  return ordered.map(({ name, title, description, roles, resourceTypes }) =>
    ({ name, title, description, roles: roles.map((role) => ({ title: role.title, description: role.description })), types: resourceTypes.map((type) => type.title) }))
}
