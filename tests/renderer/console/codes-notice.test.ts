import { expect, test } from 'vitest'
import { codesNotice } from '../../../src-renderer/console/codes-notice.ts'
import type { DeskState } from '../../../src-shared/bridge.ts'
import { accountSchema, type Role } from '../../../src-shared/people/roles.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)
const at = '2026-09-03T09:41:00+07:00'
const offline = { kind: 'offline', sinceAt: at, why: 'x' } as const
const connected = { kind: 'connected', sinceAt: at } as const

function told(
  codesLeft: number,
  link: DeskState['link'] = offline,
  role: Role = 'agent',
  lastSyncAt: string | null = at,
) {
  const account = accountSchema.parse({ id: 'tk-a', username: 'a', name: 'A', role })
  return codesNotice({ account, codesLeft, link, lastSyncAt }, vi)
}

test('S21: few receipt codes are told with their number while no new ones can come, and what happens without any', () => {
  expect(told(19)).toMatchObject({ tone: 'soon', text: expect.stringContaining('Còn 19 mã biên nhận') })
  expect(told(19)?.text).toContain('lưu nháp')
  expect(told(20)).toBeNull()
  expect(told(0)).toMatchObject({ tone: 'late', text: expect.stringContaining('Đã hết mã biên nhận') })
  expect(told(0, { kind: 'connecting' })).toMatchObject({ tone: 'late' })
})

test('with a link new codes come by themselves; who writes no cases has none to run out of; a new desk has had none', () => {
  expect(told(0, connected)).toBeNull()
  expect(told(3, { kind: 'connecting' })).toBeNull()
  expect(told(0, offline, 'admin')).toBeNull()
  expect(told(0, offline, 'agent', null)).toBeNull()
})
