import { expect, test } from 'vitest'
import { safeNextPath, signInNotice } from './rules'

test.each([
  ['/acme/users', '/acme/users'],
  ['/acme/users?q=a%20b&sort=name#row', '/acme/users?q=a%20b&sort=name#row'],
  ['/', '/'],
  ['/sign-inner', '/sign-inner'],
])('%j is a place of ours', (asked, path) => expect(safeNextPath(asked)).toBe(path))

test.each([
  undefined, '', 'acme', 'https://elsewhere.test/', 'http:acme', 'javascript:alert(1)', '//elsewhere.test/', '/\\elsewhere.test', '\\\\elsewhere.test',
  '/\t/elsewhere.test', '/a\n/b', '/%09//elsewhere.test\u0000', '/..//elsewhere.test', '/./\\elsewhere.test', '/api/auth/signout', '/sign-in', '/sign-in?next=/a', '/sign-out', '/_next/static/x.js',
])('%j is not', (asked) => expect(safeNextPath(asked)).toBeNull())

test.each([
  ['session-ended', undefined, { tone: 'neutral', text: 'Your session has ended. Sign in again to go on.' }],
  ['signed-out', undefined, { tone: 'neutral', text: 'You are signed out.' }],
  [undefined, 'CredentialsSignin', { tone: 'bad', text: 'The e-mail address or the password is wrong.' }],
  [undefined, '<script>', { tone: 'bad', text: 'Signing in did not work. Try again.' }],
  ['constructor', undefined, null],
  [undefined, undefined, null],
])('reason %j and error %j', (reason, error, notice) => expect(signInNotice(reason, error)).toEqual(notice))
