/** What a person chose; `system` follows the device. Kept in the cookie `theme`, put on <html> as data-theme. */
export type Theme = 'light' | 'dark' | 'system'

export const THEME_COOKIE = 'theme'
/** `collapsed` while the sidebar is narrow; written in the browser, read by the server for the first HTML. */
export const SIDEBAR_COOKIE = 'sidebar'

/** Reads a cookie or form value; anything unknown is `system`. */
export const themeFrom = (value: unknown): Theme => (value === 'light' || value === 'dark' ? value : 'system')
