import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { type agencyCommandAnswerSchema, agencyCommandSchema } from '../../../src-shared/api/agency.ts'
import { type CommandName, commandInputs } from '../../../src-shared/cases/commands.ts'
import { accountSchema, actorOf } from '../../../src-shared/people/roles.ts'
import { isWordKey, say } from '../../../src-shared/words/words.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { Deps } from '../http/deps.ts'
import { languageOf } from '../http/failure.ts'
import { visibleSlip } from './visible-slip.ts'

/** POST /api/agency/commands: an act of the person who is signed in, numbered at the server's own desk. */
export function commands(app: FastifyInstance, deps: Deps): void {
  app.post('/api/agency/commands', async (request): Promise<z.infer<typeof agencyCommandAnswerSchema>> => {
    const body = agencyCommandSchema.parse(request.body)
    const { session } = await visibleSlip(deps, request, body.caseId)
    const name = body.name as CommandName
    const { outcome } = await deps.register.submit({
      // Bound to the person: nobody gets the answer to another's command by guessing its id.
      commandId: `agency-${sha256Hex(`${session.account.id} ${body.commandId}`).slice(0, 40)}`,
      actor: actorOf(accountSchema.parse(session.account)),
      caseId: body.caseId,
      name,
      input: commandInputs[name].parse(body.input),
    })
    if (outcome.kind === 'accepted') return { outcome: 'done' }
    const { code: refused, why } = outcome
    const key = `refusal.${refused}`
    const language = languageOf(request, deps.config.language)
    return { outcome: 'refused', refused, why, message: isWordKey(key) ? say(language, key, why) : refused }
  })
}
