import type { DeskRow } from '../../src-shared/api/desks.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { grouped, spanWords } from '../session/spans.ts'
import type { Say } from '../session/words.ts'
import { withoutFullStop } from '../ui/full-stop.ts'

/** How far a clock may be off before anybody need know: a person reads minutes. */
const rightMs = 60_000
/** Unsent for longer than this, somebody should ask at the desk. */
const longUnsentMs = 3_600_000

/** What people call it; a desk that nobody has named goes by the end of its id. */
export const deskName = ({ name, deskId }: Pick<DeskRow, 'name' | 'deskId'>): string =>
  name === '' ? shortId(deskId) : name

/** The end of it: ids made one after the other begin alike. */
export const shortId = (deskId: string): string => deskId.slice(-8)

/** By name, those without one last: a row stays where it is, whoever meets the server meanwhile. */
export const inOrder = (desks: readonly DeskRow[]): DeskRow[] =>
  desks.toSorted(
    (a, b) =>
      Number(a.name === '') - Number(b.name === '') ||
      a.name.localeCompare(b.name, 'vi', { numeric: true }) ||
      a.deskId.localeCompare(b.deskId),
  )

/** “chậm 3 ngày 2 giờ”: what the desk's own clock shows, against the register's. */
export function clockWords(offsetMs: number | null, say: Say): string {
  if (offsetMs === null) return say('desks.unknown')
  const span = spanWords(Math.abs(offsetMs), say)
  if (Math.abs(offsetMs) < rightMs) return say('desks.clockRight')
  return say(offsetMs > 0 ? 'desks.clockSlow' : 'desks.clockFast', { span })
}

export const isClockWrong = (offsetMs: number | null): boolean => offsetMs !== null && Math.abs(offsetMs) >= 5 * rightMs

export function behindWords({ behind, holds }: Pick<DeskRow, 'behind' | 'holds'>, say: Say): string {
  if (holds === 'nothing') return say('desks.holdsNothing')
  if (behind === null) return say('desks.unknown')
  return behind === 0 ? say('desks.upToDate') : say('desks.behindCount', { count: grouped(behind) })
}

export function unsentWords(
  { waiting, waitingSinceAt }: Pick<DeskRow, 'waiting' | 'waitingSinceAt'>,
  say: Say,
  at: (instant: string) => string,
): string {
  if (waiting === null) return say('desks.unknown')
  if (waiting === 0 || waitingSinceAt === null) return String(waiting)
  return say('desks.unsentSince', { count: grouped(waiting), at: at(waitingSinceAt) })
}

export const isUnsentLong = ({ waitingSinceAt }: Pick<DeskRow, 'waitingSinceAt'>, now: number): boolean =>
  waitingSinceAt !== null && now - fromIso(waitingSinceAt) > longUnsentMs

/** An order that the desk has not confirmed: another one would only say the same. */
export const isWipeUnderWay = ({ wipe }: Pick<DeskRow, 'wipe'>): boolean => wipe !== null && wipe.doneAt === null

export function wipeWords({ wipe }: Pick<DeskRow, 'wipe'>, say: Say, at: (instant: string) => string): string | null {
  if (wipe === null) return null
  const { orderedBy: by, orderedAt, doneAt, lostCommands, lostRecordings } = wipe
  const reason = withoutFullStop(wipe.reason)
  if (doneAt === null) return say('desks.wipeOrdered', { by, at: at(orderedAt), reason })
  const lost = { commands: lostCommands ?? 0, recordings: lostRecordings ?? 0 }
  return say('desks.wipeDone', { by, at: at(doneAt), reason, ...lost })
}
