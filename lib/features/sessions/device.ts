type Pattern = readonly [RegExp, string]

/** Read from the top: browsers name those they descend from as well. */
const BROWSERS: readonly Pattern[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]

const SYSTEMS: readonly Pattern[] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

const nameIn = (patterns: readonly Pattern[], text: string): string | undefined => patterns.find(([pattern]) => pattern.test(text))?.[1]

/** A user agent in words: "Chrome on Windows". What a browser claims, so a hint and no proof. */
export function deviceInWords(userAgent: string): string {
  const [browser, system] = [nameIn(BROWSERS, userAgent), nameIn(SYSTEMS, userAgent)]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? (system ? `A browser on ${system}` : 'Unknown device')
}

const METHODS: Readonly<Record<string, string>> = { password: 'Password', google: 'Google', okta: 'Okta', oidc: 'OpenID Connect', saml: 'SAML', 'recovery-code': 'Break-glass code' }

const FACTORS: Readonly<Record<string, string>> = { totp: 'authenticator app', passkey: 'passkey', 'recovery-code': 'recovery code' }

/** How somebody signed in, as people read it: "Password and passkey". */
export function methodInWords(method: string, secondFactor: string | null = null): string {
  const first = METHODS[method] ?? method
  return secondFactor === null ? first : `${first} and ${FACTORS[secondFactor] ?? secondFactor}`
}
