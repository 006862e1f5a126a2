export const BODY_MAX = 1024 * 1024

/** What takes a file of up to 100,000 rows. */
const LARGE: ReadonlyMap<string, number> = new Map([['/api/v1/ip-allowlist/import', 16 * BODY_MAX]])

/** How many bytes a request to a path may have. */
export const bodyMaxOf = (path: string): number => LARGE.get(path) ?? BODY_MAX

/** The same in words. */
export const bodyMaxInWords = (bytes: number): string => `${bytes / BODY_MAX} MiB`
