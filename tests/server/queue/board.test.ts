import { expect, test } from 'vitest'
import { Board, dayOf, serviceLevelPercent } from '../../../sync-server/src/queue/board.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const at = (text: string) => Date.parse(text)

test.each([
  [0, 0, null],
  [0, 3, 0],
  [2, 3, 66.7],
  [7, 7, 100],
])('%i answered within 20 s of %i offered is a service level of %s', (within, offered, percent) => {
  expect(serviceLevelPercent(within, offered)).toBe(percent)
})

test('the day is that of the line, not of UTC', () => {
  expect(dayOf(at('2026-09-02T23:59:59+07:00'), ZONE)).toBe('2026-09-02')
  expect(dayOf(at('2026-09-03T00:00:00+07:00'), ZONE)).toBe('2026-09-03')
})

test('twenty seconds to the millisecond are still within, one more is not', () => {
  const start = at('2026-09-03T09:00:00+07:00')
  const board = new Board(() => start, ZONE)
  for (const waitedMs of [20_000, 20_001, 5_000]) {
    board.offered()
    board.answered(start, start + waitedMs)
  }
  expect(board.counters()).toMatchObject({
    offered: 3,
    answered: 3,
    answeredWithin20s: 2,
    serviceLevelPercent: 66.7,
    averageAnswerSeconds: 15,
    longestWaitSeconds: 20,
  })
})

test('a call still waiting counts against the service level, and an abandoned one for good', () => {
  const start = at('2026-09-03T09:00:00+07:00')
  const board = new Board(() => start, ZONE)
  board.offered()
  board.offered()
  board.answered(start, start + 1000)
  expect(board.counters().serviceLevelPercent).toBe(50)
  board.abandoned(start, start + 90_000)
  expect(board.counters()).toMatchObject({ serviceLevelPercent: 50, abandoned: 1, longestWaitSeconds: 90 })
})

test('midnight begins a new day, and a call of yesterday changes nothing in it', () => {
  let now = at('2026-09-02T23:59:50+07:00')
  const board = new Board(() => now, ZONE)
  board.offered()
  const arrivedAt = now
  now = at('2026-09-03T00:00:05+07:00')
  board.answered(arrivedAt, now)
  board.turnedAway()
  expect(board.counters()).toEqual({
    day: '2026-09-03',
    offered: 0,
    answered: 0,
    answeredWithin20s: 0,
    abandoned: 0,
    turnedAway: 1,
    serviceLevelPercent: null,
    averageAnswerSeconds: null,
    longestWaitSeconds: 0,
  })
})
