import next from 'eslint-config-next'
import tseslint from 'typescript-eslint'

const ENV_READERS = ['lib/env.ts', 'lib/log.ts', 'lib/server/start-up.ts', 'server.ts', 'lib/command/**', 'lib/database/**', 'lib/testing/**', 'scripts/**', 'e2e/**', 'bench/**', '**/*.test.ts', 'next.config.ts', 'prisma.config.ts', 'vitest.config.ts', 'lib/generated/**']

/** No imports of these, with the reason a person reads when they try. */
const never = (...entries) => ['error', { patterns: entries.map(([group, message]) => ({ group, message })) }]

const PRISMA = [['@/lib/generated/prisma/*', '@prisma/*', 'pg'], 'Prisma is spoken in lib/db, queries, operations and snapshots only.']
const UPWARDS = [['@/app/*', '@/components/*'], 'lib never imports app or components.']
const SERVER_SIDE = [['@/lib/db', '@/lib/db/*', '@/lib/features/*/queries', '@/lib/features/*/operations', '@/lib/generated/*', '@/lib/boundary/perform', 'zod'], 'Components get props and actions; what reads the database or zod stays on the server.']

export default tseslint.config(
  { ignores: ['.next/**', 'dist/**', 'lib/generated/**', 'client/**', 'node_modules/**', 'next-env.d.ts', 'test-results/**', 'playwright-report/**'] },
  ...next,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300 }],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['info', 'error'] }],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Read the environment through lib/env.' }],
    },
  },
  { files: ENV_READERS, rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/*.test.{ts,tsx}', 'e2e/**'], rules: { 'max-lines': ['error', { max: 500 }] } },
  { files: ['scripts/**', 'bench/**', 'e2e/**', 'lib/command/**'], rules: { 'no-console': 'off' } },
  // Playwright's fixtures hand on through a function called `use`; there is no React here.
  { files: ['e2e/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  { files: ['lib/**/*.ts'], rules: { 'no-restricted-imports': never(UPWARDS) } },
  { files: ['lib/features/*/rules.ts', 'lib/features/*/schema.ts'], rules: { 'no-restricted-imports': never(UPWARDS, PRISMA, [['@/lib/db', './queries', './operations'], 'Rules and schemas are pure.']) } },
  { files: ['lib/features/*/http.ts', 'lib/features/*/actions.ts'], rules: { 'no-restricted-imports': never(UPWARDS, PRISMA) } },
  { files: ['app/**/*.{ts,tsx}'], rules: { 'no-restricted-imports': never(PRISMA, [['@tanstack/*'], 'Tables are made with components/data-table.']) } },
  { files: ['components/**/*.{ts,tsx}'], rules: { 'no-restricted-imports': never(SERVER_SIDE, PRISMA, [['@tanstack/*'], 'Tables are made with components/data-table.']) } },
  { files: ['components/data-table/**'], rules: { 'no-restricted-imports': never(SERVER_SIDE, PRISMA) } },
  { files: ['components/ui/**'], rules: { 'no-restricted-imports': never(SERVER_SIDE, PRISMA, [['@/lib/features/*'], 'Primitives know no word of the domain.']) } },
)
