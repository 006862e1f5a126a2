import { z } from 'zod'
import { WantedAssignments } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { INVITE_MAX, splitAddresses } from './rules'

const TEXT_MAX = INVITE_MAX * 300

const Addresses = z
  .union([
    z.array(z.string().max(1000).transform((address) => address.trim().toLowerCase())),
    z.string().max(TEXT_MAX, 'This is too much text to be a list of addresses').transform(splitAddresses),
  ], { error: 'Give a list of e-mail addresses' })
  .refine((list) => list.length > 0, 'Give at least one e-mail address')
  .refine((list) => list.length <= INVITE_MAX, `Invite at most ${INVITE_MAX} people at once`)

const Message = z.string().trim().max(1000, 'Use at most 1,000 characters').transform((text) => text.replaceAll('\0', '')).default('')

/** `emails` is a list, or a pasted text with commas, spaces or line breaks between the addresses. */
export const InviteInput = z.strictObject({
  emails: Addresses,
  roles: WantedAssignments.default([]),
  message: Message,
})

export const PreviewInput = z.strictObject({ roles: WantedAssignments.default([]), message: Message })

export const InvitationInput = z.strictObject({ id: idSchema('invitation') })
