export type Failure = { name: string; message: string | undefined }

export function failuresOfUnits(report: unknown): Failure[]
export function failuresInBrowser(report: unknown): Failure[]
export function linesOfFailures(failures: readonly Failure[]): string[]
