/** One thing to choose, in selects, comboboxes and filters. */
export type Option = { value: string; label: string; detail?: string | undefined; disabled?: boolean | undefined }
