import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { OutboundMessage } from '../../../src-shared/api/messages.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Message } from '../store/store.ts'
import type { Deps } from './deps.ts'

const querySchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) })

/** GET /api/messages?limit=: what was sent to people outside, or waits to be, newest first. */
export function messages(app: FastifyInstance, deps: Deps): void {
  app.get('/api/messages', async (request) => {
    await deps.guard(request, ['agent', 'supervisor', 'office', 'admin'])
    const { limit } = querySchema.parse(request.query)
    const newest = await deps.store.read.outbox.newest(limit)
    const codeOf = new Map<string, string>()
    for (const { caseId } of newest) {
      if (caseId === null || codeOf.has(caseId)) continue
      const stored = await deps.store.read.register.case(caseId)
      if (stored) codeOf.set(caseId, stored.state.code)
    }
    return {
      messages: newest.map((message) => outbound(message, codeOf.get(message.caseId ?? '') ?? null)),
      now: toIso(deps.clock.now()),
    }
  })
}

function outbound(message: Message, code: string | null): OutboundMessage {
  return {
    id: message.messageId,
    caseId: message.caseId,
    code,
    channel: message.channel,
    to: message.to,
    toName: message.toName,
    kind: message.kind,
    state: message.state,
    text: message.text,
    notBeforeAt: toIso(message.notBeforeAt),
    createdAt: toIso(message.createdAt),
    sentAt: message.sentAt === null ? null : toIso(message.sentAt),
    gateway: message.gateway,
    problem: message.problem,
  }
}
