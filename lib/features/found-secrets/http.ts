import { z } from 'zod'
import { entryOf, type ApiRoute } from '@/lib/boundary/http-route'
import { parseInput } from '@/lib/boundary/perform'
import { AppError } from '@/lib/errors'
import { reportFoundSecrets } from './report'
import { FoundSecretsBody } from './schema'
import { checkSignature, KEY_ID_HEADER, SIGNATURE_HEADER } from './signature'

const Feedback = z.array(z.object({
  token_hash: z.string().meta({ description: 'SHA-256 of the secret, in base64.' }),
  token_type: z.string().meta({ description: 'The `type` that was sent.' }),
  label: z.enum(['true_positive', 'false_positive']).meta({ description: '`true_positive`: it is ours and was dealt with. Callers with a credential learn this of their own organization’s secrets only.' }),
})).meta({ id: 'FoundSecretFeedback' })

const bodyExample = [{ token: 'gh_key_…', type: 'gatehouse_api_key', url: 'https://code.example.com/acme/app/blob/1a2b3c/deploy.sh', source: 'content' }]

/**
 * Reports come with any good credential, or, without one, signed by a code host. It needs no permission: whoever has a
 * secret could do more with it than end it.
 */
const report: ApiRoute = {
  ...entryOf('post', {
    path: '/credentials/report', tag: 'Found secrets', summary: 'Report found secrets', operationId: 'report-found-secrets',
    description: 'In the shape in which code hosts tell partners of their secret scanning. What is ours is revoked, suspended or only reported, as its organization’s credential policy says; its owner and the administrators are told by mail. The same secret in the same place again does nothing. Instead of a credential a signature is taken, where the installation knows the code host’s keys (`Github-Public-Key-Identifier`, `Github-Public-Key-Signature`).',
  }, { body: FoundSecretsBody, bodyExample }, {
    status: 200, description: 'Of each secret, in the order sent, whether it is real.', schema: Feedback,
    example: [{ token_hash: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=', token_type: 'gatehouse_api_key', label: 'true_positive' }],
  }),
  permission: null,
  hasVersion: false,
  takesBody: true,
  handle: async ({ body, actor }) => ({ status: 200, body: await reportFoundSecrets(parseInput(FoundSecretsBody, body), { type: 'credential', actor }) }),
  signed: {
    header: SIGNATURE_HEADER,
    handle: async ({ text, body, header }) => {
      const [keyId, signature] = [header(KEY_ID_HEADER), header(SIGNATURE_HEADER)]
      if (keyId === undefined || signature === undefined) throw new AppError('unauthenticated', `\`${KEY_ID_HEADER}\` is missing`)
      await checkSignature(text, keyId, signature)
      return { status: 200, body: await reportFoundSecrets(parseInput(FoundSecretsBody, body), { type: 'scanner', keyId }) }
    },
  },
}

export const foundSecretRoutes = [report]
