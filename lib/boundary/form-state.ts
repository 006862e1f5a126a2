/**
 * What a form's action answers, in the shape that components/forms shows: `fields` maps names of
 * controls to what is wrong with them, `values` brings typed text back.
 */
export type FormState =
  | { status: 'idle' }
  | { status: 'done'; message?: string | undefined }
  | { status: 'error'; message: string; code?: string | undefined; fields?: Readonly<Record<string, string>> | undefined; values?: Readonly<Record<string, string>> | undefined }
