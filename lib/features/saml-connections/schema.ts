import { z } from 'zod'
import { idSchema } from '@/lib/ids'
import { METADATA_MAX_BYTES } from '@/lib/sso/saml/metadata'

export const ConnectionId = idSchema('connection')

export const SIGNED_PARTS = ['assertion', 'response', 'both'] as const

/** What a connection of this kind keeps in its settings. An empty object: its metadata is still to come. */
export const StoredSamlSettings = z.object({
  entityId: z.string().min(1),
  name: z.string().nullable().default(null),
  signInUrl: z.string().min(1),
  binding: z.enum(['redirect', 'post']),
  /** PEM. */
  certificates: z.array(z.string()).min(1),
  /** Where the metadata came from, when it was fetched. */
  metadataUrl: z.string().nullable().default(null),
  metadataAt: z.iso.datetime().optional(),
  signedParts: z.enum(SIGNED_PARTS).default('assertion'),
  wantsEncryption: z.boolean().default(false),
})

export type StoredSamlSettings = z.output<typeof StoredSamlSettings>

const MetadataUrl = z.string().trim().min(1).max(2000)
const MetadataXml = z.string().min(1, 'Choose a file, or paste the metadata').max(METADATA_MAX_BYTES, 'Metadata of one identity provider is smaller than 512 KiB')

/** Metadata to look at: its text, or the address it is at. */
export const MetadataSource = z.strictObject({ xml: MetadataXml.optional(), url: MetadataUrl.optional() })
  .refine(({ xml, url }) => (xml === undefined) !== (url === undefined), { message: 'Give either the metadata itself or its address', path: ['xml'] })

export const ReadMetadataInput = MetadataSource.safeExtend({ id: ConnectionId })

/** `url` tells where the text was fetched. */
export const SetMetadataInput = z.strictObject({ id: ConnectionId, xml: MetadataXml, url: MetadataUrl.nullable().default(null) })

export const SetRequirementsInput = z.strictObject({
  id: ConnectionId, signedParts: z.enum(SIGNED_PARTS).optional(), wantsEncryption: z.boolean().optional(), isIdpInitiated: z.boolean().optional(),
})

export const SamlConnectionInput = z.strictObject({ id: ConnectionId })
