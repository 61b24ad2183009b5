import type { CaseId } from '../../../src-shared/ids.ts'
import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Store, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { recountOf } from './recount.ts'
import { takeStep } from './step.ts'

/**
 * Keeps the deadlines (#20, #22, #28): what is due is found by an index, and in one transaction the step is written, the slip
 * moved, the notices put in the outbox. Exactly once through crashes, restarts and several servers: the due row is looked up
 * and taken off inside the same exclusive transaction, and the command's id says which step of which case it is.
 */
export interface Keeper {
  /** Takes every step that is due; answers how many. Calls that overlap run one after the other. */
  tick(): Promise<number>
  /** D14: counts every open clock anew by the calendars as they are known now; answers how many it told. */
  recount(): Promise<number>
  /** When what is under way is done. */
  settled(): Promise<unknown>
}

export interface KeeperParts {
  readonly store: Store
  readonly register: Register
  readonly clock: Clock
  readonly reference: ReferenceBook
  readonly log: { error(facts: object, words: string): void }
}

// A call's write waits for one transaction of the keeper's at the most: short enough that nobody at a telephone notices, and
// where the disk is slow not so short that all the time goes by in waiting for it.
const shortestSliceMs = 8
const longestSliceMs = 40
const workPerCommit = 4
const batchSize = 200
const againMs = 60_000

export function openKeeper(parts: KeeperParts): Keeper {
  const { store, register, clock } = parts
  let commitMs = 0
  const sliceMs = () => Math.min(longestSliceMs, Math.max(shortestSliceMs, commitMs * workPerCommit))
  const oneSlice = (): (() => boolean) => {
    const endAt = performance.now() + sliceMs()
    return () => performance.now() < endAt
  }
  const recount = recountOf(parts, oneSlice)
  let running: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<number>): Promise<number> => {
    const mine = running.then(work, work)
    running = mine
    return mine
  }

  const drain = async (): Promise<number> => {
    let steps = 0
    for (;;) {
      if (!recount.isDone()) await recount.run()
      // Asked of a reader first: most heartbeats find nothing, and then nobody's write has to wait.
      const nextAt = await store.read.register.nextDueAt()
      if (nextAt === null || nextAt > clock.now() - 1000) return steps
      let workedAt = 0
      const { taken, seen } = await register
        .transact(async (tx) => {
          // The calendars may have been changed since, by another server too: then they are counted first.
          const slice = recount.isDone() ? await takeDue(tx, clock.now(), parts, oneSlice()) : notYet
          workedAt = performance.now()
          return slice
        })
        .catch((failure: unknown) => oneByOne(failure, parts))
      commitMs = workedAt === 0 ? 0 : performance.now() - workedAt
      steps += taken
      if (seen === 0) return steps
      await letOthersGo()
    }
  }
  return {
    tick: () => inTurn(drain),
    recount: () => inTurn(() => recount.run()),
    settled: () => running.catch(() => undefined),
  }
}

const notYet = { taken: 0, seen: 1 }

/** One transaction's share of what is due at `now`, earliest first, as long as it may go on; at least one step of it. */
export async function takeDue(
  tx: Writing,
  now: number,
  { register, reference }: Pick<KeeperParts, 'register' | 'reference'>,
  mayGoOn: () => boolean = () => true,
): Promise<{ taken: number; seen: number }> {
  const sitting = register.sit(tx, now)
  let taken = 0
  let seen = 0
  for (const { caseId } of await tx.register.dueBefore(now - 999, batchSize)) {
    if (await takeStep(sitting, caseId, reference)) taken += 1
    seen += 1
    if (!mayGoOn()) break
  }
  await sitting.settle()
  return { taken, seen }
}

/** A fault in one case must not keep all others from their deadlines: each for itself, the faulty one again in a minute. */
async function oneByOne(failure: unknown, parts: KeeperParts): Promise<{ taken: number; seen: number }> {
  const { store, register, clock, reference, log } = parts
  log.error({ err: failure }, 'a batch of due cases failed; they are taken one by one')
  const due = await store.read.register.dueBefore(clock.now() - 999, batchSize)
  const takeOne = (caseId: CaseId) =>
    register.transact(async (tx) => {
      const sitting = register.sit(tx, clock.now())
      const isTaken = await takeStep(sitting, caseId, reference)
      await sitting.settle()
      return isTaken
    })
  let taken = 0
  for (const { caseId } of due) {
    try {
      if (await takeOne(caseId)) taken += 1
    } catch (err) {
      log.error({ err, caseId }, 'a due case failed')
      await register.transact((tx) => tx.register.setDue(caseId, clock.now() + againMs))
    }
  }
  return { taken, seen: due.length }
}

/** A request that came in meanwhile takes a few turns until it asks for its write; it then stands before the next slice. */
async function letOthersGo(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}
