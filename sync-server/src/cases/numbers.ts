import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import type { Writing } from '../store/store.ts'
import { nextDayHead } from './chain-on.ts'

/**
 * What one transaction hands out in order: the numbers of events and of each desk's commands, and the links of the day's
 * chain. Read when first asked for, written once by `settle`: the transaction is alone over all processes, so nobody else can
 * take a number meanwhile.
 */
export interface Numbers {
  /** The first of so many numbers in commit order. */
  takeSeq(count: number): Promise<number>
  lastSeq(): Promise<number>
  nextN(deskId: DeskId): Promise<number>
  setNextN(deskId: DeskId, nextN: number, at: number): void
  /** Links the events into the chain of their day. */
  linkDay(day: string, events: readonly RegisteredEvent[]): Promise<void>
  /** Must be called before the transaction ends; may be called again after more was taken. */
  settle(): Promise<void>
}

type DayHead = NonNullable<Awaited<ReturnType<Writing['register']['latestDayHead']>>>

export function openNumbers({ register }: Pick<Writing, 'register'>): Numbers {
  let nextSeq: number | null = null
  let taken = 0
  let latest: DayHead | null = null
  let isLatestKnown = false
  let dayHead: DayHead | null = null
  const desks = new Map<DeskId, { nextN: number; at: number | null }>()

  // To raise it by nothing takes hold of the counter's row, where a database locks rows.
  const readSeq = async () => (nextSeq ??= await register.takeSeq(0))
  return {
    async takeSeq(count) {
      const first = await readSeq()
      nextSeq = first + count
      taken += count
      return first
    },
    lastSeq: async () => (await readSeq()) - 1,
    async nextN(deskId) {
      const known = desks.get(deskId)
      if (known !== undefined) return known.nextN
      const nextN = await register.nextN(deskId)
      desks.set(deskId, { nextN, at: null })
      return nextN
    },
    setNextN(deskId, nextN, at) {
      desks.set(deskId, { nextN, at })
    },
    async linkDay(day, events) {
      if (!isLatestKnown) latest = await register.latestDayHead()
      isLatestKnown = true
      // A clock put back must not reopen a day that is over: the latest day goes on.
      const isSame = latest !== null && latest.day >= day
      if (dayHead !== null && !isSame) await register.putDayHead(dayHead)
      let head = latest?.head ?? ''
      for (const event of events) head = nextDayHead(head, event.hash)
      dayHead = {
        day: isSame ? latest!.day : day,
        firstSeq: isSame ? latest!.firstSeq : events[0]!.seq,
        lastSeq: events.at(-1)!.seq,
        head,
      }
      latest = dayHead
    },
    async settle() {
      if (taken > 0) await register.takeSeq(taken)
      taken = 0
      if (dayHead !== null) await register.putDayHead(dayHead)
      dayHead = null
      for (const [deskId, { nextN, at }] of desks) {
        if (at !== null) await register.setNextN(deskId, nextN, at)
        desks.set(deskId, { nextN, at: null })
      }
    },
  }
}
