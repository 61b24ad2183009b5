import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { protocols } from '../../../src-shared/api/session.ts'
import { pushAnswerSchema, pushSchema } from '../../../src-shared/api/sync.ts'
import { type Command, parseCommand } from '../../../src-shared/cases/commands.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { caseIdSchema, commandIdSchema, deskIdSchema } from '../../../src-shared/ids.ts'
import { registerRoles } from '../../../src-shared/people/roles.ts'
import { NumberTaken, type UnreadCommand } from '../cases/register.ts'
import { otherProtocol } from '../sync/other-protocol.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/sync/push: commands of one desk go up in order and are answered once and for ever (S1–S6, S27). */
export function push(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sync/push', { bodyLimit: 16 * 1024 * 1024 }, async (request) => {
    const session = await deps.guard(request, registerRoles)
    const body = pushSchema.parse(request.body)
    // S6: another protocol is told which it is; the desk keeps its outbox.
    if (body.protocol < protocols.oldest || body.protocol > protocols.newest) throw otherProtocol()
    if (session.deskId !== body.deskId) throw new HttpFailure(403, 'other-desk')
    const { commands, problem } = readable(body.commands, body.protocol)
    if (commands.some((command) => command.deskId !== body.deskId)) throw new HttpFailure(403, 'other-desk')
    if (commands.length === 0 && problem !== null) {
      throw new HttpFailure(400, 'command-unreadable', { path: problem }, { path: problem })
    }
    const answer = await deps.register.push(session, body.deskId, commands).catch((failure: unknown) => {
      if (!(failure instanceof NumberTaken)) throw failure
      const { n, nextN } = failure
      throw new HttpFailure(409, 'n-taken', { n }, { n, nextN })
    })
    return pushAnswerSchema.parse({ ...answer, now: toIso(deps.clock.now()) })
  })
}

/**
 * The commands up to the first whose envelope cannot be read: what stands before it must not wait for it. Where only the rest of
 * one cannot be read, it is refused like any other (S27); a desk of version 1 does not know that refusal, and goes on as before.
 */
function readable(
  values: readonly unknown[],
  protocol: number,
): { commands: (Command | UnreadCommand)[]; problem: string | null } {
  const commands: (Command | UnreadCommand)[] = []
  for (const [index, value] of values.entries()) {
    try {
      commands.push(parseCommand(value))
    } catch (failure) {
      const path = (failure as { issues?: { path: PropertyKey[] }[] }).issues?.[0]?.path.map(String).join('.') ?? ''
      const envelope = protocol === 1 ? null : envelopeSchema.safeParse(value)
      if (!envelope?.success) return { commands, problem: `commands.${index}.${path}` }
      commands.push({ ...envelope.data, unreadAt: path })
    }
  }
  return { commands, problem: null }
}

/** What any version of a desk puts around a command, whatever it asks for. */
const envelopeSchema = z.object({
  commandId: commandIdSchema,
  deskId: deskIdSchema,
  n: z.int().nonnegative(),
  actor: z.looseObject({ kind: z.string() }),
  caseId: caseIdSchema,
  name: z.string().min(1).max(80),
})
