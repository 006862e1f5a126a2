import { Section } from '@/components/layout/section'
import { Banner } from '@/components/ui/banner'
import { CopyButton } from '@/components/ui/copy-button'
import { TextLink } from '@/components/ui/text-link'
import type { ToldExplanation } from '@/lib/features/explanations/told'
import { CheckList } from './check-list'
import { ConsideredList } from './considered-list'
import { FixList } from './fix-list'
import { PathPicture } from './path-picture'
import { PolicyList } from './policy-list'

/** Why somebody may or may not do something: the answer, its paths as a picture, what was looked at, what would help. */
export function ExplainedAnswer({ org, url, told }: { org: string; url: string; told: ToldExplanation }) {
  const { allow, sentence, who, owner, action, path, boxes, considered, policies, checks, fixes, receivers, grantors } = told
  const mayGive = fixes.some(({ places }) => places.some(({ disabledReason }) => disabledReason === null))
  return (
    <>
      <Banner tone={allow ? 'ok' : 'bad'} title={allow ? 'Yes' : 'No'}>
        <p className="break-words">{sentence}</p>
        {owner ? <p className="text-[13px] text-ink-2">The key acts with the rights of {owner.name}.</p> : null}
      </Banner>
      <div className="mb-4 mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-ink-2">
        <span>
          {who.kind}: {who.href ? <TextLink href={who.href}>{who.name}</TextLink> : who.name}
          {who.detail ? `, ${who.detail}` : ''}
        </span>
        <span>
          Action: <code className="mono break-all">{action.name}</code>
        </span>
        {path.length > 0 ? <span>Resource: {path.map(({ name }) => name).join(' / ')}</span> : null}
        <CopyButton text={url} label="Copy link" size="small" variant="quiet" />
      </div>
      {allow ? (
        <Section title={boxes.length === 1 ? 'The path that grants it' : `${boxes.length} paths grant it`} description={boxes.length > 1 ? 'Taking one away changes nothing while another stands.' : 'Dashed: inherited from above.'}>
          <div className="grid gap-5">
            {boxes.map((each, index) => (
              <PathPicture key={index} boxes={each} label={`Path ${index + 1} of ${boxes.length}`} />
            ))}
          </div>
        </Section>
      ) : (
        <>
          <Section title="What was checked">
            <CheckList checks={checks} />
          </Section>
          {fixes.length > 0 ? (
            <Section title="What would grant it" description="Least powerful first. You can give what you hold yourself, where you may give roles.">
              <FixList org={org} fixes={fixes} receivers={receivers} replaces={told.replaces} />
            </Section>
          ) : null}
          {mayGive ? null : (
            <Section title="Who can grant it">
              <p className="text-ink-2">{grantors.length > 0 ? grantors.join(', ') : 'Nobody at the moment: nobody who may give roles there holds the permission.'}</p>
            </Section>
          )}
        </>
      )}
      <Section title="What was looked at" description="Every role held at the resource and above; of roles held elsewhere, those that permit it.">
        <ConsideredList considered={considered} />
      </Section>
      {policies.length > 0 ? (
        <Section title="What policies say" description="Each group is asked by itself, and one that permits suffices; a forbid binds its own group only. Guardrails bind everybody.">
          <PolicyList policies={policies} />
        </Section>
      ) : null}
    </>
  )
}
