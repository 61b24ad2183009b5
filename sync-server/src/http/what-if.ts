import type { FastifyInstance } from 'fastify'
import { type WhatIfAnswer, whatIfSchema } from '../../../src-shared/api/deadlines.ts'
import type { Role } from '../../../src-shared/people/roles.ts'
import { runWhatIf } from '../reports/what-if.ts'
import type { Deps } from './deps.ts'

/** Those who propose the rules and those who enter them. */
const askers: readonly Role[] = ['office', 'supervisor', 'admin']

/** POST /api/what-if: other rules over past cases (S4 Đ.15 k.8), and nothing is changed. */
export function whatIf(app: FastifyInstance, deps: Deps): void {
  app.post('/api/what-if', async (request): Promise<WhatIfAnswer> => {
    await deps.guard(request, askers)
    return runWhatIf(whatIfSchema.parse(request.body), deps)
  })
}
