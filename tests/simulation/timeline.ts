/** Undoes what was put on the timeline, while it has not come yet. */
export type Cancel = () => void

/**
 * The one queue that owns all time of a world: timers, deliveries, acts. Between two entries everything that code of ours had
 * still to do by itself (promises, immediates) is done, so the same seed gives the same history on every machine.
 */
export interface Timeline {
  /** True time, epoch milliseconds; the clocks of the computers differ from it. */
  now(): number
  at(instant: number, what: string, work: () => unknown): Cancel
  after(milliseconds: number, what: string, work: () => unknown): Cancel
  /** Called when an entry and all that came of it are done; answers whether it has begun anything that is not. */
  onRest(work: () => boolean): void
  /** Goes on until this instant, or until nothing is left. */
  runTo(instant: number): Promise<void>
  /** A number that any difference in the history changes. */
  digest(): string
  /** Adds words of a history to the digest. */
  note(words: string): void
  readonly steps: number
}

/** Some thousands are a month; a desk and a server that ask each other for ever make more. */
const mostSteps = 20_000

interface Entry {
  readonly at: number
  readonly order: number
  readonly what: string
  work: (() => unknown) | null
}

/** @param isExpected what is thrown where a process dies, and concerns nobody */
export function openTimeline(
  startAt: number,
  isExpected: (failure: unknown) => boolean,
  onNote: (at: number, words: string) => void = () => {},
): Timeline {
  const heap: Entry[] = []
  const rests: (() => boolean)[] = []
  const failures: unknown[] = []
  const hash = new Digest()
  let now = startAt
  let order = 0
  let steps = 0

  const note = (words: string) => {
    hash.add(`${now} ${words}`)
    onNote(now, words)
  }
  /** Starts the work and does not wait for it: what it waits for may be an entry that is still to come. */
  const attempt = (work: () => unknown) => {
    const failed = (thrown: unknown) => {
      if (!isExpected(thrown)) failures.push(thrown)
    }
    try {
      const done = work()
      if (done instanceof Promise) done.catch(failed)
    } catch (thrown) {
      failed(thrown)
    }
  }
  const at: Timeline['at'] = (instant, what, work) => {
    const entry: Entry = { at: Math.max(now, Math.round(instant)), order, what, work }
    order += 1
    push(heap, entry)
    return () => {
      entry.work = null
    }
  }
  const timeline: Timeline = {
    now: () => now,
    at,
    after: (milliseconds, what, work) => at(now + milliseconds, what, work),
    onRest: (work) => void rests.push(work),
    note,
    digest: () => hash.text(),
    get steps() {
      return steps
    },
    async runTo(instant) {
      const giveBack = takeTimers(timeline)
      try {
        await settle()
        while (heap.length > 0 && heap[0]!.at <= instant) {
          const entry = pop(heap)
          if (entry.work === null) continue
          now = entry.at
          steps += 1
          if (steps > mostSteps) throw new Error(`the world runs away: ${mostSteps} steps, the last "${entry.what}"`)
          note(entry.what)
          attempt(entry.work)
          await settle()
          for (const rest of rests) if (rest()) await settle()
          if (failures.length > 0) throw failures.shift()
        }
        now = Math.max(now, instant)
      } finally {
        giveBack()
      }
    },
  }
  return timeline
}

const waiting: (() => void)[] = []

/**
 * Immediates stand in a line of ours, so that they are done in the order in which they were asked for, one at a time; timers that
 * code sets by itself, and stop watches, go by the world's time.
 */
function takeTimers(timeline: Timeline): () => void {
  const real = { setImmediate, setTimeout, clearTimeout, performanceNow: performance.now }
  const immediate = (work: (...given: unknown[]) => void, ...given: unknown[]) => {
    waiting.push(() => work(...given))
    return {}
  }
  const timeout = (work: () => void, milliseconds = 0) => {
    const timer = { cancel: timeline.after(milliseconds, 'a timer', work), ref: () => timer, unref: () => timer }
    return timer
  }
  globalThis.setImmediate = immediate as unknown as typeof setImmediate
  globalThis.setTimeout = timeout as unknown as typeof setTimeout
  globalThis.clearTimeout = ((timer?: { cancel?: Cancel }) => timer?.cancel?.()) as typeof clearTimeout
  performance.now = timeline.now
  return () => {
    globalThis.setImmediate = real.setImmediate
    globalThis.setTimeout = real.setTimeout
    globalThis.clearTimeout = real.clearTimeout
    performance.now = real.performanceNow
  }
}

/** A stream passes on what it was given within fewer ticks than this. */
const ticks = 12

/** Until nothing is left that would go on by itself. */
async function settle(): Promise<void> {
  for (;;) {
    // Before a tick comes, every promise that can be kept has been kept.
    for (let tick = 0; tick < ticks; tick += 1) await new Promise<void>((resolve) => process.nextTick(resolve))
    const next = waiting.shift()
    if (next === undefined) return
    next()
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(entry, heap[parent]!)) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = entry
}

function pop(heap: Entry[]): Entry {
  const first = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1
    if (!isBefore(heap[child]!, last)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
  return first
}

/** Two FNV-1a sums of 32 bits: enough to see that two histories differ. */
class Digest {
  #a = 0x811c9dc5
  #b = 0x01000193
  add(words: string): void {
    for (let i = 0; i < words.length; i += 1) {
      const code = words.charCodeAt(i)
      this.#a = Math.imul(this.#a ^ code, 0x01000193)
      this.#b = Math.imul(this.#b ^ (code + 7), 0x01000193) ^ (this.#a >>> 15)
    }
  }
  text(): string {
    return [this.#a, this.#b].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('')
  }
}
