import localFont from 'next/font/local'

/** The face of the console: variable Inter, served by ourselves and preloaded. */
export const sans = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-inter',
  adjustFontFallback: 'Arial',
})

/** Letters beyond Latin-1 (ł, ő, ş): the browser fetches this file only when a page shows one of them. */
export const sansExtended = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-inter-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+1E00-1E9F, U+20A0-20C0, U+2C60-2C7F' }],
})

/** Ids, secrets and code. Not preloaded: most pages have none above the fold. */
export const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  display: 'swap',
  variable: '--font-jetbrains',
  preload: false,
  adjustFontFallback: false,
})

/** Classes for <html>: they only define the variables which globals.css reads. */
export const fontVariables = `${sans.variable} ${sansExtended.variable} ${mono.variable}`
