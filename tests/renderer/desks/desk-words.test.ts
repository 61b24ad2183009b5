import { describe, expect, test } from 'vitest'
import {
  behindWords,
  clockWords,
  deskName,
  inOrder,
  isClockWrong,
  isUnsentLong,
  isWipeUnderWay,
  unsentWords,
  wipeWords,
} from '../../../src-renderer/desks/desk-words.ts'
import { type DeskRow, deskRowSchema } from '../../../src-shared/api/desks.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)
const at = (instant: string) => instant.slice(11, 16)
const hour = 3_600_000
const desk: DeskRow = deskRowSchema.parse({
  deskId: '01a22ba8-cdd9-724c-9782-41042e7009d2',
  name: '',
  version: '0.1.0',
  seenAt: '2026-09-03T09:41:00+07:00',
  isConnected: true,
  personName: 'Lê Thu Hà',
  holds: 'register',
  cursor: 90,
  behind: 0,
  waiting: 0,
  attention: 0,
  waitingSinceAt: null,
  clockOffsetMs: 0,
  codes: [],
  wipe: null,
})

describe('S26: a desk in words', () => {
  test('a desk that nobody has named goes by the end of its id', () => {
    expect([deskName(desk), deskName({ ...desk, name: 'Bàn 3' })]).toEqual(['2e7009d2', 'Bàn 3'])
  })

  test('rows stay in their place: by name as people count, those without one last', () => {
    const named = ['Bàn 10', '', 'Bàn 2', 'Ấp Đá'].map((name, i) => ({
      ...desk,
      name,
      deskId: `d${i}` as typeof desk.deskId,
    }))
    expect(inOrder(named).map(({ name }) => name)).toEqual(['Ấp Đá', 'Bàn 2', 'Bàn 10', ''])
  })

  test('the clock of the desk, not the number of milliseconds', () => {
    const offsets = [null, 0, 59_999, 90_000, 74 * hour, -2 * hour]
    expect(offsets.map((offset) => clockWords(offset, vi))).toEqual([
      'chưa rõ',
      'đúng giờ',
      'đúng giờ',
      'chậm 2 phút',
      'chậm 3 ngày 2 giờ',
      'nhanh 2 giờ',
    ])
    expect([null, 90_000, -hour].map(isClockWrong)).toEqual([false, false, true])
  })

  test('what it lacks and what it owes', () => {
    expect(behindWords(desk, vi)).toBe('đủ')
    expect(behindWords({ ...desk, behind: 12_300 }, vi)).toBe('12.300 diễn biến')
    expect(behindWords({ ...desk, behind: null }, vi)).toBe('chưa rõ')
    expect(behindWords({ ...desk, holds: 'nothing', behind: 500 }, vi)).toBe('không giữ hồ sơ')
    const owing = { ...desk, waiting: 14, waitingSinceAt: '2026-09-03T08:00:00+07:00' }
    expect([unsentWords(desk, vi, at), unsentWords(owing, vi, at)]).toEqual(['0', '14 việc, từ 08:00'])
    const since = fromIso('2026-09-03T08:00:00+07:00')
    expect([
      isUnsentLong(owing, since + hour),
      isUnsentLong(owing, since + hour + 1),
      isUnsentLong(desk, since),
    ]).toEqual([false, true, false])
  })

  test('S39, S40: an order is told as waiting until the desk has said what was lost', () => {
    const wipe = {
      orderId: '5b6e9c9e-7f39-4f0a-9f0e-2f5a3f1f8a11',
      reason: 'máy bị mất.',
      orderedAt: '2026-09-03T10:00:00+07:00',
      orderedBy: 'Trần B',
      doneAt: null,
      lostCommands: null,
      lostRecordings: null,
    }
    const done = { ...wipe, doneAt: '2026-09-03T10:20:00+07:00', lostCommands: 2, lostRecordings: 1 }
    expect([desk, { ...desk, wipe }, { ...desk, wipe: done }].map(isWipeUnderWay)).toEqual([false, true, false])
    expect(wipeWords({ wipe: null }, vi, at)).toBeNull()
    expect(wipeWords({ wipe }, vi, at)).toContain('Trần B ra lệnh 10:00, vì: máy bị mất. Máy chưa xác nhận')
    expect(wipeWords({ wipe: done }, vi, at)).toContain('10:20')
    expect(wipeWords({ wipe: done }, vi, at)).toContain('2 việc chưa gửi và 1 bản ghi âm')
  })
})
