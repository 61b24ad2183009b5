import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { InstantText } from '../../../src-shared/ids.ts'
import type { Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { type Numbers, openNumbers } from './numbers.ts'

/** What an act needs besides the command: the register's trusted time and the rules of the province. */
export interface Bench {
  readonly tx: Writing
  /** Epoch milliseconds. */
  readonly now: number
  /** The same as text, and the local date of it. */
  readonly at: InstantText
  readonly day: string
  readonly reference: ReferenceBook
  readonly newId: () => string
  readonly numbers: Numbers
}

export function benchAt(
  parts: Pick<Bench, 'tx' | 'now' | 'reference' | 'newId'>,
  numbers: Numbers = openNumbers(parts.tx),
): Bench {
  const at = toIso(parts.now)
  return { ...parts, at, day: at.slice(0, 10), numbers }
}
