import type { z } from 'zod'
import type {
  calendarChangedSchema,
  calendarChangeSchema,
  calendarPreviewSchema,
} from '../../../src-shared/api/deadlines.ts'
import { fromIso, type Instant, toIso, wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import type { Clock } from '../clock.ts'
import type { Keeper } from '../deadlines/keeper.ts'
import type { CalendarChange, CalendarsReading, Store, Writing } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'
import type { StoredCalendar } from './append-only.ts'
import { type CalendarEntries, type EntryProblem, enterInto } from './entries.ts'
import { movedCases } from './moved-cases.ts'

export type CalendarPreview = z.infer<typeof calendarPreviewSchema>
export type ChangeWanted = z.infer<typeof calendarChangeSchema>
export type CalendarChanged = z.infer<typeof calendarChangedSchema>

export type ChangeRefused =
  | { readonly refused: 'calendar-unknown' }
  | { readonly refused: 'calendar-changed'; readonly revision: number }
  | { readonly refused: 'calendar-problems'; readonly problems: readonly EntryProblem[] }

/** What people enter into calendars while the register works (D14). Entries are added, and nothing is ever taken away. */
export interface Calendars {
  /** What the entries would do, by the same functions that would do it. Nothing is changed. */
  preview(entries: CalendarEntries): Promise<CalendarPreview | { refused: 'calendar-unknown' }>
  /** Enters them and has every open clock counted anew. A repeat of a `changeId` is answered as it was the first time. */
  change(wanted: ChangeWanted, accountId: string): Promise<CalendarChanged | ChangeRefused>
  /** Counts every open clock by what is known now, and so ends what a crash cut off. Called at each start. */
  settle(): Promise<void>
  /** Ends what another server of the same store, gone since, left between the entries and the recount. */
  tick(): Promise<void>
}

const takenOverAfterMs = 60_000

export interface CalendarParts {
  readonly store: Store
  readonly clock: Clock
  readonly reference: LiveReference
  readonly keeper: Pick<Keeper, 'recount'>
}

export function openCalendars({ store, clock, reference, keeper }: CalendarParts): Calendars {
  /** Counted by the events: the keeper may have been quicker than the one who asks it to. */
  const finish = (unfinished: readonly CalendarChange[]): Promise<void> =>
    store.write(async (tx) => {
      for (const { changeId, seq } of unfinished) {
        await tx.calendars.setRecounted(changeId, await tx.calendars.recountedAfter(seq))
      }
    })
  const settleUntil = async (until: number): Promise<void> => {
    const unfinished = await store.read.calendars.unfinished(until)
    await reference.refresh()
    await keeper.recount()
    if (unfinished.length > 0) await finish(unfinished)
  }

  return {
    async preview(entries) {
      await reference.refresh()
      if (!isKnown(entries.calendarId, reference)) return { refused: 'calendar-unknown' }
      const { revision } = reference.reference
      const knownAt = await nextKnownAt(store.read.calendars, reference, clock.now())
      const entered = enter(entries, reference, knownAt)
      const hours = entered.ok
        ? openOfficeHours(entered.calendars, reference.reference.directory)
        : openOfficeHours(storedCalendars(reference), reference.reference.directory)
      const { open, moved } = await movedCases(store.read.register, entries.calendarId, hours, knownAt)
      return { revision, problems: entered.ok ? [] : entered.problems, open, moved: entered.ok ? moved : [] }
    },

    async change(wanted, accountId) {
      await untilNextSecond(store.read.calendars, reference, clock)
      const stored = await store.write((tx) => enterIn(tx, wanted, { accountId, reference, now: clock.now() }))
      if ('refused' in stored) return stored
      if (stored.recounted !== null) return answerOf(stored)
      await reference.refresh()
      await keeper.recount()
      await finish([stored])
      return answerOf((await store.read.calendars.change(stored.changeId))!)
    },

    settle: () => settleUntil(clock.now()),
    async tick() {
      const until = clock.now() - takenOverAfterMs
      if ((await store.read.calendars.unfinished(until)).length > 0) await settleUntil(until)
    },
  }
}

/** The entries, who entered them and the raised revision: one transaction, decided by the newest calendars. */
export async function enterIn(
  tx: Writing,
  { changeId, revision, ...entries }: ChangeWanted,
  at: { readonly accountId: string; readonly reference: LiveReference; readonly now: number },
): Promise<CalendarChange | ChangeRefused> {
  const earlier = await tx.calendars.change(changeId)
  if (earlier !== null) return earlier
  await at.reference.refreshIn(tx)
  if (!isKnown(entries.calendarId, at.reference)) return { refused: 'calendar-unknown' }
  const newest = at.reference.reference.revision
  const knownAt = await nextKnownAt(tx.calendars, at.reference, at.now)
  // What would only be known later than now cannot be counted now: somebody was quicker by less than a second.
  if (revision !== newest || knownAt > at.now) return { refused: 'calendar-changed', revision: newest }
  const entered = enter(entries, at.reference, knownAt)
  if (!entered.ok) return { refused: 'calendar-problems', problems: entered.problems }
  await tx.reference.putPart('calendars', JSON.stringify(entered.calendars))
  const change: CalendarChange = {
    changeId,
    calendarId: entries.calendarId,
    accountId: at.accountId,
    knownAt,
    revision: await tx.reference.raiseRevision(),
    seq: await tx.register.lastSeq(),
    entriesJson: JSON.stringify({ weeks: entries.weeks, days: entries.days }),
    recounted: null,
  }
  await tx.calendars.addChange(change)
  return change
}

const answerOf = ({ revision, knownAt, recounted }: CalendarChange): CalendarChanged => ({
  revision,
  knownAt: toIso(knownAt),
  recounted: recounted ?? 0,
})

const storedCalendars = ({ reference }: LiveReference) => reference.calendars as StoredCalendar[]
const isKnown = (calendarId: string, { hours }: LiveReference) => hours.book.ids.includes(calendarId)

const enter = (entries: CalendarEntries, reference: LiveReference, knownAt: Instant) =>
  enterInto(storedCalendars(reference), reference.hours.book.chain(entries.calendarId), entries, knownAt)

/**
 * The register's own time, to the second, and later than everything known so far, or two acts could not be told apart. A file
 * may claim to be known only later: that is not known yet.
 */
async function nextKnownAt(calendars: CalendarsReading, reference: LiveReference, now: number): Promise<Instant> {
  const claimed = storedCalendars(reference)
    .flatMap(({ weeks = [], days = [] }) => [...weeks, ...days])
    .map((entry) => fromIso(entry.knownAt))
    .filter((knownAt) => knownAt <= now)
  const newest = Math.max(...claimed, (await calendars.newestKnownAt()) ?? 0)
  return Math.max(wholeSecond(now), wholeSecond(newest) + 1000)
}

/** A second change in one second waits for the next, so that it is known when its clocks are counted. */
async function untilNextSecond(calendars: CalendarsReading, reference: LiveReference, clock: Clock): Promise<void> {
  const waitMs = (await nextKnownAt(calendars, reference, clock.now())) - clock.now()
  if (waitMs > 0 && waitMs <= 1_000) await new Promise((resolve) => setTimeout(resolve, waitMs + 5))
}
