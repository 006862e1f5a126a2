const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** Why a passkey could not be made or used, in a sentence. */
export function passkeyProblem(error: unknown): string {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'The browser got no passkey: it was cancelled, took too long, or there is none on this device.'
    case 'InvalidStateError':
      return 'This device or key is registered already.'
    case 'SecurityError':
      return 'Passkeys work only at the address Gatehouse was set up for. Open that address and try again.'
    default:
      return 'This browser could not use a passkey. Use another way.'
  }
}
