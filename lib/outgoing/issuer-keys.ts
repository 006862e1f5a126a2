import type { JSONWebKeySet } from 'jose'
import { z } from 'zod'
import { fetchJson } from './fetch-json'
import { keeper } from './kept'

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string() })
const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(200) })
const ASKED_FOR = 'what OpenID Connect asks for'

/** The issuer's public keys by its own description (OpenID Connect Discovery). Symmetric ones are left out. */
async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  const description = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const { issuer: name, jwks_uri: address } = await fetchJson(description, Discovery, ASKED_FOR)
  if (name !== issuer) throw new Error(`\`${description}\` speaks for \`${name.slice(0, 200)}\`, not for \`${issuer}\``)
  const { keys } = await fetchJson(address, Keys, ASKED_FOR)
  return { keys: keys.filter(({ kty }) => kty === 'RSA' || kty === 'EC' || kty === 'OKP') }
}

const issuers = keeper('issuer-keys', fetchKeys, ({ keys }, kid) => kid === undefined || keys.some((key) => key.kid === kid))

/** The public keys of an outside issuer; asked for again when none of them has this `kid`, since issuers change their keys. */
export const findIssuerKeys = (issuer: string, kid: string | undefined) => issuers.find(issuer, kid)

/** For tests: as after a start. */
export const forgetIssuerKeys = (): void => issuers.forget()
