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
    const { account } = await deps.guard(request)
    // Bound to the person: nobody gets the answer to another's command by guessing its id.
    const commandId = `agency-${sha256Hex(`${account.id} ${body.commandId}`).slice(0, 40)}`
    const name = body.name as CommandName
    // A repeat is answered first: an opinion that was given, and whose answer was lost on the way, has ended the sight of the case.
    const answered = await deps.store.read.register.answerOf(commandId)
    if (answered === null) await visibleSlip(deps, request, body.caseId)
    const { outcome } =
      answered ??
      (await deps.register.submit({
        commandId,
        actor: actorOf(accountSchema.parse(account)),
        caseId: body.caseId,
        name,
        input: commandInputs[name].parse(body.input),
      }))
    if (outcome.kind === 'accepted') return { outcome: 'done' }
    const { code: refused, why } = outcome
    const key = `refusal.${refused}`
    const language = languageOf(request, deps.config.language)
    return { outcome: 'refused', refused, why, message: isWordKey(key) ? say(language, key, why) : refused }
  })
}
