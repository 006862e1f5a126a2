/** What an entry of the allowlist opens: the console, machine interfaces, and what programs ask with `context.ip`. */
export const SURFACES = ['console', 'api', 'data'] as const
export type Surface = (typeof SURFACES)[number]

export const MODES = ['off', 'report', 'enforced'] as const
/** `off`: every address may; `report`: every address may, and others are counted; `enforced`: only listed ones may. */
export type Mode = (typeof MODES)[number]

export const isSurface = (text: string): text is Surface => SURFACES.some((surface) => surface === text)

/** What is stored as mode; a damaged one counts as enforced, since it must not open anything. */
export const modeOf = (text: string): Mode => MODES.find((mode) => mode === text) ?? 'enforced'
