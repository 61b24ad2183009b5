import { create } from 'zustand'
import { type AgencyRow, type SlipDetail, slipDetailSchema, slipsSchema } from '../../src-shared/api/agency.ts'
import { referenceSchema } from '../../src-shared/api/sync.ts'
import { type CalendarBook, openCalendarBook } from '../../src-shared/deadlines/calendar-book.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { parsePolicy } from '../../src-shared/deadlines/policy.ts'
import { type SoonSeconds, soonSecondsOf } from '../../src-shared/deadlines/soon.ts'
import type { WordKey } from '../../src-shared/words/words.ts'
import { ask, Refused, Unreachable, Unreadable } from './agency-api.ts'
import { sessionEnded, tokenNow, useSession } from './session.ts'
import { language, tell } from './words.ts'

interface Slips {
  readonly rows: readonly AgencyRow[] | null
  readonly agencyName: string
  /** The slip that is open, by case id. */
  readonly details: Readonly<Record<string, SlipDetail>>
  /** The server's clock minus this device's, in milliseconds. */
  readonly offsetMs: number
  readonly readAt: number | null
  readonly isOffline: boolean
  /** The server's words, where it said no. */
  readonly problem: string | null
  /** What was recorded, said on the list that the person came back to; gone when they open a slip. */
  readonly said: WordKey | null
  /** The working hours, for deadlines that count down; without them the due time itself is shown. */
  readonly book: CalendarBook | null
  /** Whoever came by the link of one slip is not given the province's calendars; the server's own words stand in. */
  readonly areHoursRefused: boolean
  /** How near a deadline is shown as near: where the province sends its first reminder. */
  readonly soon: SoonSeconds
}

const nothing: Slips = {
  rows: null,
  agencyName: '',
  details: {},
  offsetMs: 0,
  readAt: null,
  isOffline: false,
  problem: null,
  said: null,
  book: null,
  areHoursRefused: false,
  soon: soonSecondsOf(null),
}
export const useSlips = create<Slips>(() => nothing)

useSession.subscribe(({ signedIn }) => {
  if (signedIn === null) useSlips.setState(nothing)
})

export const sayOnce = (said: WordKey | null): void => useSlips.setState({ said })

/** The register's time as this device can tell it. Epoch milliseconds. */
export const registerNow = (): number => Date.now() + useSlips.getState().offsetMs

export async function readSlips(): Promise<void> {
  await attempt(async () => {
    const { slips, agencyName, now } = await ask('/api/agency/slips', slipsSchema, { token: tokenNow(), language })
    const offsetMs = fromIso(now) - Date.now()
    useSlips.setState({ rows: slips, agencyName, offsetMs, readAt: fromIso(now), isOffline: false, problem: null })
  })
  const { book, isOffline, areHoursRefused } = useSlips.getState()
  if (book === null && !isOffline && !areHoursRefused && !useSession.getState().isByLink) await readHours()
}

/** To look at a slip is to open it: the register keeps when that was (D1). */
export async function readSlip(caseId: string): Promise<void> {
  await attempt(async () => {
    const path = `/api/agency/slips/${encodeURIComponent(caseId)}`
    const detail = await ask(path, slipDetailSchema, { token: tokenNow(), language })
    const { details, rows } = useSlips.getState()
    useSlips.setState({
      details: { ...details, [caseId]: detail },
      rows: rows?.map((row) => (row.caseId === caseId ? detail.row : row)) ?? rows,
      offsetMs: fromIso(detail.now) - Date.now(),
      isOffline: false,
      problem: null,
    })
  })
}

async function readHours(): Promise<void> {
  await attempt(async () => {
    const answered = await askHours()
    if (answered === null) return useSlips.setState({ areHoursRefused: true })
    const { calendars, policy } = answered
    const parsed = parsePolicy(policy)
    const opened = openCalendarBook(calendars.map((json, index) => ({ where: `calendars[${index}]`, json })))
    if (opened.ok) useSlips.setState({ book: opened.book, soon: soonSecondsOf(parsed.ok ? parsed.policy : null) })
  })
}

async function askHours() {
  try {
    const wanted = referenceSchema.pick({ calendars: true, policy: true })
    return await ask('/api/sync/reference', wanted, { token: tokenNow(), language })
  } catch (failure) {
    if (failure instanceof Refused && failure.status !== 401) return null
    throw failure
  }
}

/** The one place where a failure of reading becomes something to see. */
async function attempt(work: () => Promise<void>): Promise<void> {
  if (tokenNow() === undefined) return
  try {
    await work()
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) sessionEnded()
    else if (failure instanceof Refused) useSlips.setState({ problem: failure.message, isOffline: false })
    else if (failure instanceof Unreachable) useSlips.setState({ isOffline: true })
    else if (failure instanceof Unreadable) useSlips.setState({ problem: tell('agency.unreadable') })
    else throw failure
  }
}
