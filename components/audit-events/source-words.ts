const WORDS: Readonly<Record<string, string>> = { console: 'Console', api: 'API', command: 'Command', system: 'System', scim: 'SCIM' }

/** Where an action came from, as people call it. */
export const sourceWords = (source: string): string => WORDS[source] ?? source
