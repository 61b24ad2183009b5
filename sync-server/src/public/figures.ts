import type { CaseFact } from './case-counts.ts'

/** `fromAt` included, `toAt` not; epoch milliseconds. */
export interface Period {
  readonly fromAt: number
  readonly toAt: number
}

export interface Figures {
  readonly received: number
  readonly answered: number
  readonly directed: number
  readonly due: number
  readonly onTime: number
  /** D9: by due in the period, in whole and tenth per cent; null while nothing fell due. */
  readonly onTimePercent: number | null
  readonly published: number
}

const isDirected = ({ stage }: CaseFact): boolean => stage === 'redirected' || stage === 'refused'

/** D9 (#70): received are counted by receipt, on time by due; what is not due yet is in no denominator. */
export function figuresOf(facts: readonly CaseFact[], { fromAt, toAt }: Period, now: number): Figures {
  const received = facts.filter(({ openedAt }) => openedAt >= fromAt && openedAt < toAt)
  const due = facts.filter(
    ({ dueAt, stage }) => dueAt !== null && dueAt >= fromAt && dueAt < toAt && dueAt < now && stage !== 'withdrawn',
  )
  const onTime = due.filter(({ isMet }) => isMet).length
  return {
    received: received.length,
    answered: received.filter(({ hasResult }) => hasResult).length,
    directed: received.filter(isDirected).length,
    due: due.length,
    onTime,
    onTimePercent: percentOf(onTime, due.length),
    published: received.filter(({ isPublished }) => isPublished).length,
  }
}

/** Rounded down to a tenth, so that what is short of all is never shown as all. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 1000) / whole) / 10
}

/** #61: who did not answer the survey is shown, and stays out of the rate. */
export function ratingsOf(facts: readonly CaseFact[], { fromAt, toAt }: Period) {
  const closed = facts.filter(({ stage, openedAt }) => stage === 'closed' && openedAt >= fromAt && openedAt < toAt)
  const rated = closed.filter(({ score }) => score !== null)
  const satisfied = rated.filter(({ score }) => score! >= 4).length
  return {
    rated: rated.length,
    satisfied,
    unrated: closed.length - rated.length,
    satisfiedPercent: percentOf(satisfied, rated.length),
  }
}

/** Đồng Tháp counts what is closed by the level that resolved it: 1, 2, 3. */
export function levelsOf(facts: readonly CaseFact[], { fromAt, toAt }: Period): readonly [number, number, number] {
  const closed = facts.filter(
    ({ resolvedLevel, openedAt }) => resolvedLevel !== null && openedAt >= fromAt && openedAt < toAt,
  )
  const at = (level: number) => closed.filter(({ resolvedLevel }) => resolvedLevel === level).length
  return [at(1), at(2), at(3)]
}
