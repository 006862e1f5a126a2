/** Detail error keywords of RFC 7644 §3.12. */
export type ScimType = 'invalidFilter' | 'tooMany' | 'uniqueness' | 'mutability' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue' | 'invalidVers' | 'sensitive'

/** A refusal in the words of SCIM. `message` is shown to whoever configured the identity provider. */
export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | undefined
  constructor(status: number, scimType: ScimType | undefined, message: string) {
    super(message)
    this.name = 'ScimError'
    this.status = status
    this.scimType = scimType
  }
}

/** By name and shape, because server.ts and Next.js each have a copy of this class. */
export const isScimError = (error: unknown): error is ScimError => error instanceof Error && error.name === 'ScimError' && 'status' in error

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** The body of an error (RFC 7644 §3.12): its status is text. */
export const errorBody = (status: number, detail: string, scimType?: ScimType) =>
  ({ schemas: [ERROR_SCHEMA], status: String(status), ...(scimType !== undefined && { scimType }), detail })
