import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import type { ModelSummary, TypeSummary } from '@/lib/features/access-models/describe'

const INDENTS = ['', 'pl-5', 'pl-10', 'pl-15', 'pl-20', 'pl-25']

/** What an access model says: resource types as a tree, roles and permissions by group, rules. */
export function ModelOverview({ summary }: { summary: ModelSummary }) {
  const roles = summary.roleGroups.reduce((sum, group) => sum + group.roles.length, 0)
  const permissions = summary.permissionGroups.reduce((sum, group) => sum + group.permissions.length, 0)
  return (
    <>
      <Section title="Rules">
        <ul className="list-disc pl-5 text-ink-2">
          {summary.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Section>
      <Section title={`Resource types (${summary.types.length})`} description="Each lies under the one above it; roles and policies reach downwards.">
        <ul className="grid gap-1.5">
          {summary.types.map((type) => (
            <TypeLine key={type.name} type={type} />
          ))}
        </ul>
      </Section>
      <Section title={`Roles (${roles})`} description="The roles that come with the model.">
        <div className="grid gap-4">
          {summary.roleGroups.map(({ group, roles: list }) => (
            <div key={group}>
              <h3 className="mb-1 font-semibold">{group}</h3>
              <ul className="grid gap-x-8 gap-y-2 md:grid-cols-2">
                {list.map((role) => (
                  <li key={role.name}>
                    <span className="font-medium">{role.title}</span> <code className="mono text-ink-3">{role.name}</code> {role.floor ? <Badge>everybody</Badge> : null}
                    <p className="text-[13px] text-ink-2">{role.description}</p>
                    <p className="text-[13px] text-ink-3">
                      {role.permissions === 1 ? '1 permission' : `${role.permissions} permissions`}; held at {role.assignableAt.join(', ')}
                    </p>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </Section>
      <Section title={`Permissions (${permissions})`} description="What roles and policies are made of. Gatehouse’s own permissions come on top.">
        <div className="grid gap-1">
          {summary.permissionGroups.map(({ group, permissions: list }) => (
            <details key={group}>
              <summary className="cursor-pointer py-1 font-semibold">
                {group} <Badge>{list.length}</Badge>
              </summary>
              <ul className="mb-2 grid gap-x-8 gap-y-2 pl-4 md:grid-cols-2">
                {list.map((permission) => (
                  <li key={permission.name}>
                    <span className="font-medium">{permission.title}</span> <code className="mono break-all text-ink-3">{permission.name}</code>
                    <p className="text-[13px] text-ink-2">{permission.description}</p>
                    <p className="text-[13px] text-ink-3">
                      Applies to {permission.appliesTo.join(', ')}
                      {permission.implies.length > 0 ? `; brings ${permission.implies.join(', ')}` : ''}
                    </p>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </div>
      </Section>
    </>
  )
}

function TypeLine({ type }: { type: TypeSummary }) {
  const notes = [
    ...(type.nests ? ['nests'] : []), ...(type.underOthers.length > 0 ? [`also under ${type.underOthers.join(', ')}`] : []), ...type.limits,
    ...(type.attributes.length > 0 ? [`attributes ${type.attributes.join(', ')}`] : []),
  ]
  return (
    <li className={INDENTS[Math.min(type.level, INDENTS.length - 1)]}>
      {type.level > 0 ? (
        <span aria-hidden="true" className="mr-1.5 text-ink-3">
          └
        </span>
      ) : null}
      <span className="font-medium">{type.title}</span> <code className="mono text-ink-3">{type.name}</code>
      {notes.length > 0 ? <span className="text-[13px] text-ink-2"> {notes.join('; ')}</span> : null}
    </li>
  )
}
