import { describe, expect, test } from 'vitest'
import { listWords, progressWords, searchWords } from '../../../src-renderer/session/progress.ts'
import { agoWords, grouped, spanWords } from '../../../src-renderer/session/spans.ts'
import { asOfWords, staleAsOf } from '../../../src-renderer/session/staleness.ts'
import type { DeskState } from '../../../src-shared/bridge.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)
const lastSyncAt = '2026-09-03T09:41:00+07:00'
const now = fromIso('2026-09-03T11:50:00+07:00')
const asOf = (link: DeskState['link'], last: string | null = lastSyncAt, at = now) => {
  const stale = staleAsOf({ link, lastSyncAt: last }, at)
  return stale === null ? null : asOfWords(stale, at, vi)
}
const offline = { kind: 'offline', sinceAt: lastSyncAt, why: 'x' } as const

describe('a confirmed fact says how old it is', () => {
  test('nothing is said while the desk is in step; without a link the age is told', () => {
    expect(asOf({ kind: 'connected', sinceAt: lastSyncAt })).toBeNull()
    expect(asOf(offline)).toBe('Theo sổ gốc lúc 09:41 (2 giờ trước)')
    expect(asOf({ kind: 'signed-out' })).toContain('2 giờ trước')
    expect(asOf({ kind: 'incompatible', serverVersion: '2', serverProtocol: 3, update: 'desk' })).toContain('09:41')
    expect(asOf(offline, null)).toBe('Máy này chưa nhận sổ gốc lần nào')
    expect(asOf(offline, lastSyncAt, fromIso('2026-09-05T10:00:00+07:00'))).toBe(
      'Theo sổ gốc lúc 03/9 09:41 (2 ngày trước)',
    )
  })

  test('a link that comes back in seconds startles nobody', () => {
    expect(asOf({ kind: 'connecting' }, lastSyncAt, fromIso(lastSyncAt) + 20_000)).toBeNull()
    expect(asOf({ kind: 'connecting' }, null)).toBeNull()
    expect(asOf({ kind: 'connecting' })).toContain('2 giờ trước')
  })

  test('ages and spans as somebody would say them', () => {
    const minute = 60_000
    expect([5_000, minute, 59 * minute, 60 * minute, 47 * 60 * minute].map((ms) => agoWords(ms, vi))).toEqual([
      'vừa xong',
      '1 phút trước',
      '59 phút trước',
      '1 giờ trước',
      '1 ngày trước',
    ])
    const spans = [0, minute, 61 * minute, 120 * minute, (3 * 24 + 2) * 60 * minute + 9 * minute, 24 * 60 * minute]
    expect(spans.map((ms) => spanWords(ms, vi))).toEqual([
      '0 phút',
      '1 phút',
      '1 giờ 1 phút',
      '2 giờ',
      '3 ngày 2 giờ',
      '1 ngày',
    ])
    expect([grouped(0), grouped(999), grouped(12_300), grouped(1_234_567)]).toEqual(['0', '999', '12.300', '1.234.567'])
  })
})

describe('what is still on its way', () => {
  test('has a number', () => {
    expect(progressWords({ kind: 'snapshot', done: 34, total: 120 }, vi)).toBe('Đang nhận hồ sơ 34/120 phần')
    expect(progressWords({ kind: 'events', done: 1_200, total: 98_000 }, vi)).toBe('Đang nhận diễn biến 1.200/98.000')
  })

  test('S34: a search says while it is not complete; a list is complete without the index', () => {
    const indexing = { kind: 'indexing', left: 12_300 } as const
    expect(searchWords(indexing, vi)).toBe('Còn 12.300 hồ sơ đang lập chỉ mục tìm kiếm: có thể chưa tìm thấy hết.')
    expect(listWords(indexing, vi)).toBeNull()
    expect(listWords({ kind: 'snapshot', done: 1, total: 2 }, vi)).toContain('danh sách chưa đủ')
    expect([searchWords(null, vi), listWords(null, vi)]).toEqual([null, null])
  })
})
