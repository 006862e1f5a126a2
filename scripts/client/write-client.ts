import { writeFileSync } from 'node:fs'
import { openApiDocument } from '@/lib/api/openapi'
import { clientText } from './client-text'

writeFileSync('client/gatehouse.ts', clientText(openApiDocument()))
