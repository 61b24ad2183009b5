import type { CodeClaimAnswer, LeasedBlock, Meet, Met, PushResult } from '../../src-shared/api/sync.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import type { RegisterCopy } from '../cases/register-copy.ts'
import { sentKeptMs } from '../store/outbox.ts'
import type { Store } from '../store/store.ts'
import { codesWanted } from './codes-wanted.ts'

/** What a desk says of itself at a meeting, out of its store. */
export type Standing = Omit<Meet, 'protocols' | 'deskId' | 'version' | 'clockOffsetMs'>

/** What the engine sends, asks for and keeps, in the desk's store. */
export interface Backlog {
  cursor(): number
  /** Of the province's data that the desk holds; 0 where it has none. */
  revision(): number
  standing(): Standing
  holds(): Met['holds']

  /** In order of `n`; those that are on their way are not kept apart: a repeat gets its stored answer (S2). */
  toSend(limit: number): Command[]
  /** What is on its way just now. */
  sending(commands: readonly Command[]): void
  isSending(commandId: string): boolean
  answered(sent: readonly Command[], results: readonly PushResult[]): void
  renumber(from: number): void
  /** What the server wants next; where nothing waits, the next command bears it. */
  expects(nextN: number): void

  /** S20, S23: takes in where the register stands; after a reset everything is to be taken anew. */
  meets(met: Met): 'same' | 'reset'
  /** Blocks to lease now (S21). */
  codesWanted(): { year: number; count: number }[]
  addCodes(block: LeasedBlock): void
  /** Blocks that this register may not know (S22). */
  toClaim(): LeasedBlock[]
  claimed(answer: CodeClaimAnswer): void
}

export interface BacklogParts {
  readonly store: Store
  readonly copy: RegisterCopy
  revision(): number
  /** The right time, epoch milliseconds. */
  now(): number
  toIso(at: number): string
  onAnswered(caseIds: readonly string[]): void
  onReset(sentAgain: number): void
  onHolds(holds: Met['holds']): void
  onCodesRefused(count: number): void
}

/** The newest of them: what is used up was told before. */
const mostBlocks = 1_000

export function openBacklog(parts: BacklogParts): Backlog {
  const { store, copy } = parts
  const { meta, outbox, codes } = store
  let underWay: ReadonlySet<string> = new Set()

  const holds = (): Met['holds'] => (meta.get('holds') === 'nothing' ? 'nothing' : 'register')
  const belongTo = (registerId: string) =>
    store.transaction(() => {
      meta.set('register_id', registerId)
      if (codes.blocks().length === 0) meta.set('claimed_for', registerId)
    })

  const backlog: Backlog = {
    cursor: () => meta.getNumber('cursor'),
    revision: parts.revision,
    holds,
    standing() {
      const { waiting, attention } = outbox.counts()
      const since = outbox.waitingSince()
      return {
        registerId: meta.get('register_id'),
        cursor: backlog.cursor(),
        head: meta.get('head'),
        revision: parts.revision(),
        waiting,
        attention,
        waitingSinceAt: since === null ? null : parts.toIso(since),
        blocks: codes.blocks().slice(-mostBlocks),
        told: codes.told().length,
      }
    },

    toSend: (limit) => outbox.waiting(limit),
    sending(commands) {
      underWay = new Set(commands.map(({ commandId }) => commandId as string))
    },
    isSending: (commandId) => underWay.has(commandId),
    answered(sent, results) {
      const refused = new Set<string>()
      store.transaction(() => {
        for (const { commandId, outcome } of results) {
          if (outcome.kind === 'accepted') {
            outbox.answer(commandId, { accepted: outcome.lastSeq })
            continue
          }
          outbox.answer(commandId, { refused: { refused: outcome.code, why: outcome.why } })
          refused.add(commandId)
        }
        // What was accepted is shown as it was until its events come; only a refusal changes what stands on top (S29). With it, or a
        // desk killed in between would show for ever what was refused.
        for (const caseId of casesOf(sent, refused)) copy.show(caseId)
      })
      parts.onAnswered(casesOf(sent, refused))
    },
    renumber: (from) => store.transaction(() => outbox.renumber(from)),
    expects(nextN) {
      if (outbox.waiting(1).length === 0 && meta.getNumber('next_n') !== nextN) backlog.renumber(nextN)
    },

    meets(met) {
      const isOther = met.history === 'other'
      if (isOther) {
        // Waiting again before anything is forgotten: a desk that dies in between resets once more, and has lost nothing.
        const before = outbox.waiting(-1).length
        store.transaction(() => outbox.sendAgain(parts.now() - sentKeptMs, met.nextN))
        copy.forgetConfirmed()
        parts.onReset(outbox.waiting(-1).length - before)
      }
      const isNews = met.holds !== holds()
      // An administrator's computer that never kept a case has nothing to be told of.
      const isFelt = isNews && (met.holds === 'register' || backlog.cursor() > 0)
      if (isNews && met.holds === 'nothing') copy.forgetConfirmed()
      if (isNews) meta.set('holds', met.holds)
      if (meta.get('register_id') !== met.registerId) belongTo(met.registerId)
      if (isFelt) parts.onHolds(met.holds)
      return isOther ? 'reset' : 'same'
    },

    codesWanted: () =>
      codesWanted({ blocks: codes.blocks(), now: parts.toIso(parts.now()), leasedAt: meta.get('leased_at') }),
    addCodes: (block) =>
      store.transaction(() => {
        codes.add(block)
        meta.set('leased_at', parts.toIso(parts.now()))
      }),
    toClaim: () => (meta.get('claimed_for') === meta.get('register_id') ? [] : codes.blocks().map(leased)),
    claimed({ refused }) {
      const known = new Set(refused.map(({ year, from }) => `${year} ${from}`))
      const lost = codes.blocks().filter(({ year, from }) => known.has(`${year} ${from}`))
      store.transaction(() => {
        codes.drop(lost.map(leased))
        meta.set('claimed_for', meta.get('register_id'))
      })
      const count = lost.reduce((sum, { next, to }) => sum + (to - next + 1), 0)
      if (count > 0) parts.onCodesRefused(count)
    },
  }
  return backlog
}

const casesOf = (sent: readonly Command[], ids: ReadonlySet<string>): string[] => [
  ...new Set(sent.filter(({ commandId }) => ids.has(commandId)).map(({ caseId }) => caseId as string)),
]

const leased = ({ year, from, to }: LeasedBlock): LeasedBlock => ({ year, from, to })
