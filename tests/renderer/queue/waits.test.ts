import { expect, test } from 'vitest'
import { longestWait } from '../../../src-renderer/queue/waits.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'

const call = (callId: string, since: string) => ({
  callId,
  number: '0277',
  displayName: '',
  since,
  position: 1,
  offeredTo: null,
})

test('the longest wait is that of the oldest call, whatever its place in the queue', () => {
  const now = fromIso('2026-09-03T09:05:00Z')
  expect(longestWait([call('a', '2026-09-03T09:04:30Z'), call('b', '2026-09-03T09:02:46Z')], now)).toBe('02:14')
  expect(longestWait([], now)).toBe('–')
})
