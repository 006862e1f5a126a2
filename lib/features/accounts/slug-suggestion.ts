const MOST = 40

/** An address for an organization of this name, as a suggestion: "Müller & Söhne" becomes `muller-sohne`. */
export const suggestSlug = (name: string): string =>
  name.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, MOST).replace(/^-+|-+$/g, '')
