import { nextStepAt } from '../cases/judge.ts'
import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Store, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { recountStep } from './step.ts'

/** By which reference, and when, all open clocks were last counted. */
interface Counted {
  readonly revision: number
  readonly at: number
}

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
  let counted: Counted | null = null

  const isDone = (): boolean => {
    if (counted === null || counted.revision !== reference.reference.revision) return false
    const { at } = counted
    // A file may say that something becomes known on a later day.
    return !reference.hours.book.ids.some((id) => reference.hours.book.actsKnown(id, at, clock.now()).length > 0)
  }
  return {
    isDone,
    async run() {
      // Another server may have raised the revision: a transaction is decided by the newest.
      const newest = await store.read.reference.revision()
      if (newest !== reference.reference.revision) await store.write(async () => undefined)
      counted ??= JSON.parse((await store.read.reference.part(part)) ?? 'null') as Counted | null
      let moved = 0
      while (!isDone()) {
        const begun: Counted = { revision: reference.reference.revision, at: clock.now() }
        let after = ''
        for (let isEnd = false; !isEnd; ) {
          const page = await register.transact((tx) =>
            recountPage(tx, after, { register, reference, now: clock.now() }, mayGoOn()),
          )
          moved += page.moved
          after = page.last ?? after
          isEnd = page.last === null
        }
        await store.write((tx) => tx.reference.putPart(part, JSON.stringify(begun)))
        counted = begun
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
