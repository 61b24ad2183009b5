import type { FastifyInstance } from 'fastify'
import type { Deps } from '../http/deps.ts'
import { consultable } from './choices.ts'
import { commands } from './commands.ts'
import { link } from './link.ts'
import { slip } from './slip.ts'
import { slips } from './slips.ts'

export function agencyRoutes(app: FastifyInstance, deps: Deps): void {
  for (const mount of [slips, slip, consultable, commands, link]) mount(app, deps)
}
