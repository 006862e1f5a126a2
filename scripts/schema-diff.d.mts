export type SchemaFile = { path: string; content: string }

/** The SQL that leads from one set of schema files to another; '' when they describe the same database. */
export function schemaDiff(from: SchemaFile[], to: SchemaFile[]): Promise<string>

/** The schema files of a folder. */
export function readSchema(folder: string): SchemaFile[]
