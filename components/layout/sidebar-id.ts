/** The element that buttons open and narrow. */
export const SIDEBAR_ID = 'sidebar'
