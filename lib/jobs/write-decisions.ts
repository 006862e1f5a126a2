import { giveBack, takeDecisions, type Denial, type Tally } from '@/lib/access/decision-log'
import { transaction, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'

const AT_ONCE = 5000

const parts = <T>(list: readonly T[]): T[][] => Array.from({ length: Math.ceil(list.length / AT_ONCE) }, (_, at) => list.slice(at * AT_ONCE, (at + 1) * AT_ONCE))

/** Several processes write the same rows: in one order, so that they wait for one another in turn. */
const inOrder = (tallies: readonly Tally[]): Tally[] =>
  [...tallies].sort((a, b) => (a.organizationId + a.principalId + a.permission < b.organizationId + b.principalId + b.permission ? -1 : 1))

/** An organization that is gone by now takes its decisions with it. */
async function writeTallies(tx: Tx, tallies: readonly Tally[]): Promise<void> {
  const minutes = tallies.map(({ minute }) => new Date(minute))
  const last = (isAllowed: boolean) => tallies.map(({ allowed, denied, lastAt }) => ((isAllowed ? allowed : denied) > 0 ? new Date(lastAt) : null))
  await tx.$executeRaw`
    INSERT INTO "DecisionCount" ("organizationId", "minute", "principalId", "permission", "allowed", "denied")
    SELECT t."o", t."minute", t."principal", t."permission", sum(t."allowed"), sum(t."denied") FROM unnest(
      ${tallies.map(({ organizationId }) => organizationId)}::text[], ${minutes}::timestamptz[], ${tallies.map(({ principalId }) => principalId)}::text[],
      ${tallies.map(({ permission }) => permission)}::text[], ${tallies.map(({ allowed }) => allowed)}::int[], ${tallies.map(({ denied }) => denied)}::int[]
    ) AS t("o", "minute", "principal", "permission", "allowed", "denied") JOIN "Organization" ON "Organization"."id" = t."o" GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4, 2
    ON CONFLICT ("organizationId", "minute", "principalId", "permission") DO UPDATE SET
      "allowed" = "DecisionCount"."allowed" + excluded."allowed", "denied" = "DecisionCount"."denied" + excluded."denied"`
  await tx.$executeRaw`
    INSERT INTO "DecisionUse" ("organizationId", "principalId", "permission", "allowed", "denied", "lastAllowedAt", "lastDeniedAt")
    SELECT t."o", t."principal", t."permission", sum(t."allowed"), sum(t."denied"), max(t."lastAllowed"), max(t."lastDenied") FROM unnest(
      ${tallies.map(({ organizationId }) => organizationId)}::text[], ${tallies.map(({ principalId }) => principalId)}::text[], ${tallies.map(({ permission }) => permission)}::text[],
      ${tallies.map(({ allowed }) => allowed)}::int[], ${tallies.map(({ denied }) => denied)}::int[], ${last(true)}::timestamptz[], ${last(false)}::timestamptz[]
    ) AS t("o", "principal", "permission", "allowed", "denied", "lastAllowed", "lastDenied") JOIN "Organization" ON "Organization"."id" = t."o" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT ("organizationId", "principalId", "permission") DO UPDATE SET
      "allowed" = "DecisionUse"."allowed" + excluded."allowed", "denied" = "DecisionUse"."denied" + excluded."denied",
      "lastAllowedAt" = greatest("DecisionUse"."lastAllowedAt", excluded."lastAllowedAt"), "lastDeniedAt" = greatest("DecisionUse"."lastDeniedAt", excluded."lastDeniedAt")`
}

async function writeDenials(tx: Tx, denials: readonly Denial[]): Promise<void> {
  const ids = [...new Set(denials.map(({ organizationId }) => organizationId))]
  const present = new Set((await tx.organization.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(({ id }) => id))
  await tx.decisionDenial.createMany({
    data: denials.filter(({ organizationId }) => present.has(organizationId)).map(({ asked: { subjectType, subjectId, resourceType, resourceId, address }, at, ...rest }) => ({
      ...rest, id: newId('denial'), at: new Date(at), askedSubjectType: subjectType, askedSubjectId: subjectId, askedResourceType: resourceType, askedResourceId: resourceId, address,
    })),
  })
}

/** Writes down what this process decided since it last did; what cannot be written is kept for the next time. */
export async function writeDecisions(): Promise<void> {
  const taken = takeDecisions()
  if (taken.tallies.length === 0) return
  try {
    await transaction(async (tx) => {
      for (const part of parts(inOrder(taken.tallies))) await writeTallies(tx, part)
      for (const part of parts(taken.denials)) await writeDenials(tx, part)
    })
  } catch (error) {
    giveBack(taken)
    throw error
  }
}
