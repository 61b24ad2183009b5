import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { sha256Hex } from '../auth/hashes.ts'
import { nextStepAt } from '../cases/judge.ts'
import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Store, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

/**
 * Keeps the deadlines (#20, #22): what is due is found by an index, and in one transaction the escalation is written, the slip
 * moved, the notices put in the outbox. Exactly once through crashes, restarts and several servers: the due row is looked up
 * and taken off inside the same exclusive transaction, and the command's id says which step of which case it is.
 */
export interface Keeper {
  /** Takes every step that is due; answers how many. Calls that overlap run one after the other. */
  tick(): Promise<number>
  /** Counts every open clock anew, after the calendars or the policy changed. */
  recount(): Promise<void>
  /** When what is under way is done. */
  settled(): Promise<unknown>
}

const batchSize = 200
const againMs = 60_000

export interface KeeperParts {
  readonly store: Store
  readonly register: Register
  readonly clock: Clock
  readonly reference: ReferenceBook
  readonly log: { error(facts: object, words: string): void }
}

export function openKeeper(parts: KeeperParts): Keeper {
  const { store, register, clock, reference } = parts
  let running: Promise<number> = Promise.resolve(0)

  const drain = async (): Promise<number> => {
    let steps = 0
    for (;;) {
      // Asked of a reader first: most heartbeats find nothing, and then nobody's write has to wait.
      const nextAt = await store.read.register.nextDueAt()
      if (nextAt === null || nextAt > clock.now() - 1000) return steps
      const { taken, seen } = await register
        .transact((tx) => takeDue(tx, clock.now(), parts))
        .catch((failure: unknown) => oneByOne(failure, parts))
      steps += taken
      if (seen < batchSize) return steps
    }
  }
  return {
    tick() {
      running = running.then(drain, drain)
      return running
    },
    settled: () => running.catch(() => undefined),
    recount: () =>
      register.transact(async (tx) => {
        const open = await tx.register.cases({
          notStages: ['closed', 'refused', 'redirected', 'withdrawn'],
          limit: Number.MAX_SAFE_INTEGER,
        })
        for (const { state, dueAt } of open) {
          const fresh = nextStepAt(state, reference, clock.now())
          if (fresh !== dueAt) await tx.register.setDue(state.id, fresh)
        }
      }),
  }
}

/** A fault in one case must not keep all others from their deadlines: each for itself, the faulty one again in a minute. */
async function oneByOne(failure: unknown, parts: KeeperParts): Promise<{ taken: number; seen: number }> {
  const { store, register, clock, log } = parts
  log.error({ err: failure }, 'a batch of due cases failed; they are taken one by one')
  const due = await store.read.register.dueBefore(clock.now() - 999, batchSize)
  let taken = 0
  for (const each of due) {
    try {
      taken += await register.transact((tx) => takeStep(tx, each, clock.now(), parts))
    } catch (err) {
      log.error({ err, caseId: each.caseId }, 'a due case failed')
      await register.transact((tx) => tx.register.setDue(each.caseId, clock.now() + againMs))
    }
  }
  return { taken, seen: due.length }
}

/** One transaction's share of what is due at `now`. D6: an act at the due instant is in time; a second later is not. */
export async function takeDue(
  tx: Writing,
  now: number,
  parts: Pick<KeeperParts, 'register' | 'reference' | 'log'>,
): Promise<{ taken: number; seen: number }> {
  const due = await tx.register.dueBefore(now - 999, batchSize)
  let taken = 0
  for (const each of due) taken += await takeStep(tx, each, now, parts)
  return { taken, seen: due.length }
}

async function takeStep(
  tx: Writing,
  { caseId, dueAt }: { caseId: CaseId; dueAt: number },
  now: number,
  { register, reference, log }: Pick<KeeperParts, 'register' | 'reference' | 'log'>,
): Promise<number> {
  const stored = await tx.register.case(caseId)
  if (stored === null) throw new Error(`the case ${caseId} is due and does not exist`)
  const fresh = nextStepAt(stored.state, reference, now)
  if (fresh !== stored.dueAt || stored.dueAt !== dueAt) {
    // Another keeper was quicker, or the calendar has changed since.
    await tx.register.setDue(caseId, fresh)
    return 0
  }
  const { level } = readCaseClock(stored.state, reference.hours, now)
  const { outcome } = await register.submitIn(
    tx,
    {
      commandId: `keeper-${sha256Hex(`${caseId} ${level} ${dueAt}`).slice(0, 40)}`,
      actor: { kind: 'system', part: 'keeper' },
      caseId,
      name: 'clock.escalate',
      input: {},
    },
    now,
  )
  if (outcome.kind === 'accepted') return 1
  // The index and the rule disagree: a bug. Looked at again in a minute, so that one case cannot stop all others.
  log.error({ caseId, dueAt, refused: outcome.code }, 'what is due was refused')
  await tx.register.setDue(caseId, now + againMs)
  return 0
}
