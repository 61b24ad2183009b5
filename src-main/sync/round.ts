import type { Met, Reference } from '../../src-shared/api/sync.ts'
import type { RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { DeskId } from '../../src-shared/ids.ts'
import type { Backlog } from './backlog.ts'
import type { DeskClock } from './desk-clock.ts'
import { ServerSaidNo } from './failures.ts'
import { greet, meet } from './meeting.ts'
import { pullAll } from './pull.ts'
import { openPush } from './push.ts'
import type { SyncApi } from './sync-api.ts'

export type WipeOrder = NonNullable<Met['wipe']>

export interface RoundParts {
  readonly api: SyncApi
  readonly deskId: DeskId
  /** Of this program; the server is told (S26). */
  readonly version: string
  readonly backlog: Backlog
  readonly clock: DeskClock
  token(): string | null
  /** Whether the one who is signed in may carry the register home and send commands (S4, S10). */
  mayCarry(): boolean
  /** Somebody who signed in without a link is signed in for real. */
  confirmSession(): Promise<void>
  /** S40: the order was obeyed before, and the server has not heard it yet. */
  isObeyed(orderId: string): boolean
  /** The server still gives an order that was obeyed. */
  onObeyed(): void
  /** Takes the first sync by snapshot (S35–S37); false where the desk has to stream. */
  takeSnapshot(met: Met): Promise<boolean>
  /** After each meeting, before anything is sent or taken: people, holding, keys (S23, S24, S33). */
  onMet(met: Met): Promise<void>
  onReference(reference: Reference): void
  onEvents(events: readonly RegisteredEvent[], cursor: number): void | Promise<void>
  onProgress(progress: { done: number; total: number } | null): void
}

/** What is known of the server on this connection. */
export interface Touch {
  isMeetingDue: boolean
  isReferenceWanted: boolean
  /** The newest event that the server has spoken of. */
  newest: number
  protocol: number
}

export type RoundEnd = { kind: 'done' } | { kind: 'signed-out' } | { kind: 'wipe'; order: WipeOrder }
const done: RoundEnd = { kind: 'done' }

export interface Round {
  /** @throws Unreachable, ServerSaidNo, OtherProtocol; anything else is a bug. */
  run(touch: Touch): Promise<RoundEnd>
  push(protocol: number): Promise<void>
}

/** Fewer events than this are taken before a bar could be drawn. */
const manyEvents = 2_000

/**
 * One round: meet where a meeting is due, then reference, commands, codes and events, each only where the server has said or the
 * desk knows that there is something (S18).
 */
export function openRound(parts: RoundParts & { isOver(): boolean }): Round {
  const { api, backlog, isOver } = parts
  const push = openPush(parts)
  const toObey = (wipe: WipeOrder | null): WipeOrder | null => {
    if (wipe === null || !parts.isObeyed(wipe.orderId)) return wipe
    parts.onObeyed()
    return null
  }

  const run = async (touch: Touch): Promise<RoundEnd> => {
    if (parts.token() === null) {
      const order = toObey((await greet(parts)).wipe)
      return order === null ? { kind: 'signed-out' } : { kind: 'wipe', order }
    }
    const hasMet = touch.isMeetingDue
    try {
      const met = touch.isMeetingDue ? await comeBack(touch) : null
      if (isOver()) return done
      const order = met === null ? null : toObey(met.wipe)
      if (order !== null) return { kind: 'wipe', order }
      if (met) await takeOver(met, touch)
      if (touch.isReferenceWanted) parts.onReference(await api.reference())
      touch.isReferenceWanted = false
      if (parts.mayCarry() && backlog.holds() === 'register' && !isOver()) await carry(met, touch)
    } catch (error) {
      // S23: what the desk may hold has changed since it was told; a second no after a meeting is a failure.
      if (hasMet || !isNotHolder(error)) throw error
      touch.isMeetingDue = true
      return run(touch)
    }
    return done
  }

  const comeBack = async (touch: Touch): Promise<Met | null> => {
    const { protocol, met } = await meet(parts)
    touch.protocol = protocol
    touch.isMeetingDue = false
    if (met === null) {
      // A server of version 1 says nothing of itself at the door: everything is asked for, as its own desks do.
      touch.isReferenceWanted = true
      touch.newest = Number.MAX_SAFE_INTEGER
      return null
    }
    touch.newest = Math.max(touch.newest, met.lastSeq)
    touch.isReferenceWanted = met.revision !== backlog.revision()
    return met
  }

  const takeOver = async (met: Met, touch: Touch): Promise<void> => {
    // S20: what the server spoke of before belongs to the other history too.
    if (backlog.meets(met) === 'reset') touch.newest = met.lastSeq
    await parts.onMet(met)
  }

  const carry = async (met: Met | null, touch: Touch): Promise<void> => {
    const toClaim = backlog.toClaim()
    // S22: before anything is sent with a code of them.
    if (toClaim.length > 0) backlog.claimed(await api.claimCodes({ deskId: parts.deskId, blocks: toClaim }))
    if (met) backlog.expects(met.nextN)
    touch.newest = Math.max(touch.newest, await push(touch.protocol))
    await leaseCodes()
    if (met && met.lastSeq > 0 && backlog.cursor() === 0) await parts.takeSnapshot(met)
    if (touch.newest > backlog.cursor() && !isOver()) await pull(touch)
  }

  const leaseCodes = async (): Promise<void> => {
    for (const want of backlog.codesWanted()) {
      try {
        backlog.addCodes(await api.leaseCodes({ deskId: parts.deskId, ...want }))
      } catch (error) {
        // Another year there than here, for the blink of a new year's eve: events do not wait for codes.
        if (!(error instanceof ServerSaidNo && error.status === 409)) throw error
      }
    }
  }

  const pull = async (touch: Touch): Promise<void> => {
    const from = backlog.cursor()
    const isLong = touch.newest - from > manyEvents && touch.newest < Number.MAX_SAFE_INTEGER
    const said = touch.newest
    try {
      await pullAll({
        api,
        clock: parts.clock,
        isOver,
        cursor: backlog.cursor,
        async onEvents(events, cursor) {
          await parts.onEvents(events, cursor)
          if (isLong) parts.onProgress({ done: cursor, total: Math.max(cursor, touch.newest) })
        },
      })
    } finally {
      if (isLong) parts.onProgress(null)
    }
    // The server has said that this is all: a number it spoke of earlier and does not have makes nobody ask for ever.
    if (touch.newest === said) touch.newest = backlog.cursor()
  }

  return {
    run,
    async push(protocol) {
      await push(protocol)
    },
  }
}

const isNotHolder = (error: unknown): boolean =>
  error instanceof ServerSaidNo && error.status === 403 && error.code === 'not-holder'
