import { nextStepAt } from '../cases/next-step.ts'
import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Store, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { recountStep } from './step.ts'

export interface Recount {
  /** Whether every open clock is counted by what is known now; cheap enough to be asked in every transaction. */
  isDone(): boolean
  /** Counts those that are not; answers how many clocks were moved or given a later knowledge. */
  run(): Promise<number>
}

export interface RecountParts {
  readonly store: Store
  readonly register: Register
  readonly clock: Clock
  readonly reference: ReferenceBook
}

const part = 'counted'
const pageSize = 200

/**
 * D14: brings every open clock to the calendars as they are known now, and its next step to the policy as it stands. What was
 * counted by which revision is remembered beside the reference: a start after which nothing changed reads no case, and one
 * that was cut off begins again, which finds the finished part unchanged.
 */
export function recountOf({ store, register, clock, reference }: RecountParts, mayGoOn: () => () => boolean): Recount {
  let counted: number | null = null

  // What becomes known of itself on a later day wakes each case on that day.
  const isDone = (): boolean => counted === reference.reference.revision
  return {
    isDone,
    async run() {
      // Another server may have raised the revision: a transaction is decided by the newest.
      const newest = await store.read.reference.revision()
      if (newest !== reference.reference.revision) await store.write(async () => undefined)
      counted ??= JSON.parse((await store.read.reference.part(part)) ?? 'null') as number | null
      let moved = 0
      while (!isDone()) {
        const { revision } = reference.reference
        let after = ''
        for (let isEnd = false; !isEnd; ) {
          const page = await register.transact((tx) =>
            recountPage(tx, after, { register, reference, now: clock.now() }, mayGoOn()),
          )
          moved += page.moved
          after = page.last ?? after
          isEnd = page.last === null
        }
        await store.write((tx) => tx.reference.putPart(part, JSON.stringify(revision)))
        counted = revision
      }
      return moved
    },
  }
}

async function recountPage(
  tx: Writing,
  after: string,
  { register, reference, now }: { register: Register; reference: ReferenceBook; now: number },
  mayGoOn: () => boolean,
): Promise<{ moved: number; last: string | null }> {
  const sitting = register.sit(tx, now)
  let moved = 0
  let last: string | null = null
  for (const stored of await tx.register.openAfter(after, pageSize)) {
    last = stored.state.id
    if (await recountStep(sitting, stored, reference)) moved += 1
    else {
      const stepAt = nextStepAt(stored.state, reference, now)
      if (stepAt !== stored.dueAt) await tx.register.setDue(last, stepAt)
    }
    if (!mayGoOn()) break
  }
  await sitting.settle()
  return { moved, last }
}
