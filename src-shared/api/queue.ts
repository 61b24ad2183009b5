import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/**
 * The agent's true state, derived from the call itself and never from a button alone:
 *
 *   offline ──register──▶ ready ◀──▶ break (with a reason)
 *                           │
 *                        ringing ──no answer, declined──▶ break ('no-answer' | 'declined' | 'unreachable')
 *                           │
 *                        talking ──end of the call──▶ wrap-up ──time or 'ready'──▶ ready | break
 */
export const agentStateSchema = z.enum(['offline', 'ready', 'break', 'ringing', 'talking', 'wrap-up'])

export const waitingCallSchema = z.object({
  callId: z.string().min(1),
  /** What the line asserts of the caller; a guest's own claim is never shown. */
  number: z.string(),
  displayName: z.string(),
  since: instant,
  /** 1 is the next to be answered. A call that rings at an agent keeps its place until it is answered. */
  position: z.int().min(1),
  offeredTo: z.string().nullable(),
})

export const queueAgentSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  number: z.string(),
  state: agentStateSchema,
  /** When the agent came into this state. */
  since: instant,
  callId: z.string().nullable(),
  /** Why the agent is on break; 'no-answer', 'declined' and 'unreachable' are set by the line itself. */
  pauseReason: z.string().nullable(),
  /** When a pause set by the line, or the wrap-up, ends by itself. */
  until: instant.nullable(),
})

/** Counted from midnight of the line's time zone; a call belongs to the day on which it arrived. */
export const queueCountersSchema = z.object({
  day: z.iso.date(),
  offered: z.int().min(0),
  answered: z.int().min(0),
  answeredWithin20s: z.int().min(0),
  abandoned: z.int().min(0),
  /** Refused at the door because the line was full; not counted as offered. */
  turnedAway: z.int().min(0),
  /** Answered within 20 s of all that were offered; null before the first call of the day. */
  serviceLevelPercent: z.number().min(0).max(100).nullable(),
  averageAnswerSeconds: z.number().min(0).nullable(),
  longestWaitSeconds: z.number().min(0),
})

export const queueSnapshotSchema = z.object({
  /** The number of the last change that this snapshot contains. */
  seq: z.int().min(0),
  source: z.string().min(1),
  queueNumber: z.string().min(1),
  waiting: z.array(waitingCallSchema),
  agents: z.array(queueAgentSchema),
  counters: queueCountersSchema,
  lastUpdate: instant,
  /** False when the source has lost its line: the last numbers stay, and `lastUpdate` says how old they are. */
  connected: z.boolean(),
})

export const queueEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call.waiting'), callId: z.string(), number: z.string(), displayName: z.string() }),
  z.object({ kind: z.literal('call.offered'), callId: z.string(), agentId: z.string() }),
  z.object({
    kind: z.literal('call.returned'),
    callId: z.string(),
    agentId: z.string(),
    why: z.enum(['no-answer', 'declined', 'unreachable']),
  }),
  z.object({
    kind: z.literal('call.answered'),
    callId: z.string(),
    agentId: z.string(),
    waitedSeconds: z.number().min(0),
  }),
  z.object({ kind: z.literal('call.abandoned'), callId: z.string(), waitedSeconds: z.number().min(0) }),
  z.object({ kind: z.literal('call.ended'), callId: z.string(), agentId: z.string().nullable() }),
  z.object({ kind: z.literal('call.turned-away'), number: z.string() }),
  z.object({ kind: z.literal('agent.changed'), agent: queueAgentSchema }),
  z.object({ kind: z.literal('source.link'), connected: z.boolean() }),
])

/** One step of the line. `seq` rises by one; a gap means: take a new snapshot. */
export const queueChangeSchema = z.object({ seq: z.int().min(1), at: instant, event: queueEventSchema })

/** What an agent or a supervisor asks for; the state shown follows from this and from the calls. */
export const agentStateRequestSchema = z.object({
  agentId: z.string().min(1),
  state: z.enum(['ready', 'break']),
  reason: z.string().max(200).optional(),
})

export type AgentState = z.infer<typeof agentStateSchema>
export type WaitingCall = z.infer<typeof waitingCallSchema>
export type QueueAgent = z.infer<typeof queueAgentSchema>
export type QueueCounters = z.infer<typeof queueCountersSchema>
export type QueueSnapshot = z.infer<typeof queueSnapshotSchema>
export type QueueEvent = z.infer<typeof queueEventSchema>
export type QueueChange = z.infer<typeof queueChangeSchema>
export type AgentStateRequest = z.infer<typeof agentStateRequestSchema>
