import { z } from 'zod'
import { PASSWORD_MAX, passwordProblem } from '@/lib/passwords'
import { ModelText } from '@/lib/features/access-models/schema'
import { Email, OrganizationName, Slug } from '@/lib/features/organizations/schema'

/** A person's name, in one line. */
export const PersonName = z.string().trim().min(1, 'Tell others your name').max(80, 'Use at most 80 characters').regex(/^\P{Cc}*$/u, 'A name is one line of text')

/** A password being presented, not chosen: only its presence is checked. */
const PresentedPassword = z.string().min(1, 'Enter your password').max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters`)

/** A password being chosen; whether it holds the person's address is checked where the address is known. */
const NewPassword = z.string().superRefine((password, ctx) => {
  const problem = passwordProblem(password)
  if (problem) ctx.addIssue({ code: 'custom', message: problem })
})

/** The last part of a mailed link. */
const LinkToken = z.string().max(200)

export const SignInInput = z.strictObject({ email: Email, password: PresentedPassword })
export const RequestPasswordResetInput = z.strictObject({ email: Email })
export const ResetPasswordInput = z.strictObject({ token: LinkToken, password: NewPassword })

export const ChangePasswordInput = z.strictObject({ current: PresentedPassword, password: NewPassword })
export const RenameAccountInput = z.strictObject({ name: PersonName })
export const RequestEmailChangeInput = z.strictObject({ email: Email, password: PresentedPassword })
export const ConfirmEmailInput = z.strictObject({ token: LinkToken })

export const SetUpInput = z.strictObject({
  token: LinkToken,
  organization: OrganizationName,
  slug: Slug,
  accessModel: z.string().default('standard'),
  /** With `custom`: the JSON of the access model. */
  modelText: ModelText.optional(),
  name: PersonName,
  email: Email,
  password: NewPassword,
})

export const JoinInput = z.strictObject({ token: LinkToken, name: PersonName, password: NewPassword })
