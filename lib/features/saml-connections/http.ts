import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { defineQuestion } from '@/lib/boundary/http-question'
import { idText, TimeText } from '@/lib/boundary/http-schema'
import { dropNextSamlKey, makeNextSamlKey, promoteSamlKey, setSamlMetadata, setSamlRequirements } from './operations'
import { ConnectionId, MetadataSource, SetMetadataInput, SetRequirementsInput, SIGNED_PARTS } from './schema'
import { findSamlConnectionView, previewMetadata } from './view'

const EXAMPLE_ID = 'con_019a0b6e-7100-7bbb-8c10-2a3b4c5d6e7f'
const base = `https://access.example.com/sso/saml/${EXAMPLE_ID}`

const certificate = {
  subject: z.string(),
  fingerprint: z.string().meta({ description: 'SHA-256, in pairs of hex digits.' }),
  notBefore: TimeText,
  notAfter: TimeText,
  daysLeft: z.number().int().meta({ description: 'Whole days; below zero once it has ended.' }),
  state: z.enum(['valid', 'ending', 'ended', 'not-yet']).meta({ description: '`ending` for the last 30 days.' }),
}

const provider = {
  entityId: z.string(),
  name: z.string().nullable(),
  signInUrl: z.string().meta({ description: 'Where people are sent.' }),
  binding: z.enum(['redirect', 'post']),
  certificates: z.array(z.object(certificate)).meta({ description: 'Any of them may sign.' }),
}

const exampleCertificate = { subject: 'idp.example.com', fingerprint: 'A1:B2:C3:D4', notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2029-01-01T00:00:00.000Z', daysLeft: 768, state: 'valid' }
const exampleProvider = { entityId: 'https://idp.example.com/metadata', name: 'Example', signInUrl: 'https://idp.example.com/sso', binding: 'redirect', certificates: [exampleCertificate] }

const Saml = z.object({
  id: idText(EXAMPLE_ID, 'Id of the connection.'),
  name: z.string(),
  entityId: z.string().meta({ description: 'Our entity id, to be given to the identity provider.' }),
  acsUrl: z.string().meta({ description: 'Where the identity provider posts its responses.' }),
  metadataUrl: z.string().meta({ description: 'Our metadata, readable by everybody.' }),
  provider: z.object({ ...provider, metadataUrl: z.string().nullable(), metadataAt: TimeText.nullable() }).nullable().meta({ description: 'Null until its metadata has come.' }),
  ownCertificates: z.array(z.object({ ...certificate, role: z.enum(['present', 'next']) })).meta({ description: 'The present one signs requests; the next one is published beside it.' }),
  signedParts: z.enum(SIGNED_PARTS).meta({ description: 'Which parts of a response must bear a signature.' }),
  wantsEncryption: z.boolean().meta({ description: 'Whether assertions must be encrypted.' }),
  isIdpInitiated: z.boolean().meta({ description: 'Whether a sign-in may begin at the identity provider.' }),
}).meta({ id: 'SamlConnection', description: 'The SAML side of a connection.' })

const example = {
  id: EXAMPLE_ID, name: 'Example', entityId: `${base}/metadata`, acsUrl: `${base}/acs`, metadataUrl: `${base}/metadata`,
  provider: { ...exampleProvider, metadataUrl: null, metadataAt: '2026-11-22T09:30:00.000Z' },
  ownCertificates: [{ ...exampleCertificate, subject: 'Gatehouse SAML', role: 'present' }], signedParts: 'assertion', wantsEncryption: false, isIdpInitiated: false,
}

const Params = z.object({ id: ConnectionId.meta({ description: 'Id of the connection.', example: EXAMPLE_ID }) })
const tag = 'Single sign-on'
const { id: _of, ...metadata } = SetMetadataInput.shape
const { id: _id, ...requirements } = SetRequirementsInput.shape

const resource = {
  schema: Saml, table: 'SsoConnection' as const, permission: 'sign-in:read' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Parameters<typeof findSamlConnectionView>[0], { id }: { id: string }) => findSamlConnectionView(ctx, id),
}
const ofPath = ({ params }: { params: { id: string } }) => params
const path = '/sso-connections/{id}/saml'

export const samlConnectionRoutes = [
  defineRead({
    path, tag,
    summary: 'Show the SAML side of a connection',
    description: 'Addresses and certificates to give to the identity provider, and what is known of it.',
    permission: 'sign-in:read', params: Params, output: Saml, example, hasVersion: true,
    read: (ctx, { params }) => findSamlConnectionView(ctx, params.id),
  }),
  defineRoute({
    method: 'patch', path, tag,
    summary: 'Change what a SAML connection requires',
    description: 'After another choice of signatures or encryption the connection has to be tested again.',
    operation: setSamlRequirements, params: Params, body: z.strictObject(requirements), bodyExample: { signedParts: 'both' },
    input: ({ params, body }) => ({ ...body, id: params.id }), resource, errors: ['conflict'],
  }),
  defineQuestion({
    path: `${path}/metadata-preview`, tag,
    summary: 'Read metadata of an identity provider',
    description: 'Given as text, or fetched from an address by https; private networks are not asked. Changes nothing.',
    permission: 'sign-in:write', params: Params, body: MetadataSource, bodyExample: { url: 'https://idp.example.com/metadata' },
    output: z.object({ xml: z.string(), url: z.string().nullable(), preview: z.object({ ...provider, validUntil: TimeText.nullable(), changes: z.array(z.string()) }) }),
    example: { xml: '<EntityDescriptor …', url: 'https://idp.example.com/metadata', preview: { ...exampleProvider, validUntil: null, changes: [] } },
    ask: (ctx, { params, body }) => previewMetadata(ctx, { ...body, id: params.id }),
  }),
  defineRoute({
    method: 'put', path: `${path}/metadata`, tag,
    summary: 'Set the identity provider of a SAML connection',
    description: 'From its metadata: who it is, where people are sent, which certificates sign. Another provider or address makes a new test necessary; new certificates alone don’t.',
    operation: setSamlMetadata, params: Params, body: z.strictObject(metadata), bodyExample: { xml: '<EntityDescriptor …' },
    input: ({ params, body }) => ({ ...body, id: params.id }), resource,
  }),
  defineRoute({
    method: 'post', path: `${path}/next-certificate`, tag,
    summary: 'Make the next certificate of a SAML connection',
    description: 'It is published in our metadata beside the present one.',
    operation: makeNextSamlKey, params: Params, input: ofPath, status: 201, resource, errors: ['conflict'],
  }),
  defineRoute({
    method: 'delete', path: `${path}/next-certificate`, tag,
    summary: 'Remove the next certificate of a SAML connection',
    operation: dropNextSamlKey, params: Params, input: ofPath, status: 204, resource, errors: ['conflict'],
  }),
  defineRoute({
    method: 'post', path: `${path}/next-certificate/switch`, tag,
    summary: 'Let the next certificate take over',
    description: 'From now on it signs requests; the present one is gone. Give it to the identity provider before.',
    operation: promoteSamlKey, params: Params, input: ofPath, resource, errors: ['conflict'],
  }),
]
