import { describe, expect, test } from 'vitest'
import { groupsOf, type OutboxItem, placeWords, waitingWords } from '../../../src-renderer/outbox/outbox.ts'
import type { DeskState } from '../../../src-shared/bridge.ts'
import type { Role } from '../../../src-shared/people/roles.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)
const at = (instant: string) => instant.slice(11, 16)
const item = (commandId: string, state: OutboxItem['state']) => ({ commandId, state }) as OutboxItem
const sinceAt = '2026-09-03T08:41:00+07:00'
const why = (link: DeskState['link'], { role = 'agent' as Role, isDiskFull = false } = {}) =>
  waitingWords({ link, isDiskFull, account: { role } }, vi, at)

describe('what is unsent, and why', () => {
  test('S1: what waits stands in the order in which it goes out; refused acts the newest first (S30)', () => {
    // As the desk tells them: newest first.
    const groups = groupsOf([
      item('6', 'attention'),
      item('5', 'waiting'),
      item('4', 'sending'),
      item('3', 'attention'),
      item('2', 'sent'),
      item('1', 'sent'),
    ])
    const ids = (items: readonly OutboxItem[]) => items.map(({ commandId }) => commandId)
    expect([ids(groups.attention), ids(groups.waiting), ids(groups.sent)]).toEqual([
      ['6', '3'],
      ['4', '5'],
      ['1', '2'],
    ])
    expect(groups.waiting.map((each, index) => placeWords(each, index, vi))).toEqual(['đang gửi', 'sau 1 việc'])
    expect(placeWords(item('7', 'waiting'), 0, vi)).toBe('gửi đầu tiên')
  })

  test('each reason is said in its own words', () => {
    expect(why({ kind: 'offline', sinceAt, why: 'x' })).toContain('mất kết nối với máy chủ từ 08:41')
    expect(why({ kind: 'connecting' })).toContain('Đang kết nối lại')
    expect(why({ kind: 'signed-out' })).toContain('phiên làm việc đã kết thúc')
    const other = { kind: 'incompatible', serverVersion: '2.4', serverProtocol: 9 } as const
    expect(why({ ...other, update: 'desk' })).toContain('bàn trực này cần được cập nhật')
    expect(why({ ...other, update: 'server' })).toContain('máy chủ 2.4 cũ hơn')
    expect(why({ kind: 'connected', sinceAt })).toBe('Đang gửi theo thứ tự.')
    expect(why({ kind: 'connected', sinceAt }, { role: 'admin' })).toContain('người trực đăng nhập')
    expect(why({ kind: 'connected', sinceAt }, { isDiskFull: true })).toContain('ổ đĩa đã đầy')
  })
})
