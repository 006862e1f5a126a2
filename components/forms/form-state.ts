/**
 * What a form's action answers. `fields` maps names of controls to what is wrong with them;
 * `values` brings typed text back, needed when the form was sent before script arrived.
 */
export type FormState =
  | { status: 'idle' }
  | { status: 'done'; message?: string | undefined }
  | {
      status: 'error'
      message: string
      /** Of the refusal, where something can be done about it here. */
      code?: string | undefined
      fields?: Readonly<Record<string, string>> | undefined
      values?: Readonly<Record<string, string>> | undefined
    }

/** A server action behind a form, as lib/boundary/form-action makes them. */
export type FormAction = (before: FormState, data: FormData) => Promise<FormState>

export const idle: FormState = { status: 'idle' }
