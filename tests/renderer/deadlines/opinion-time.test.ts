import { describe, expect, test } from 'vitest'
import { opinionTime } from '../../../src-renderer/deadlines/opinion-time.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { hours } from './scene-detail.ts'

const time = hours.ofAgency('so-tai-chinh')!
/** Asked for by Monday 5/10/2026 09:00. */
const replyBy = '2026-10-05T09:00:00+07:00'
const at = (now: string, repliedAt: string | null = null) => opinionTime({ replyBy, repliedAt }, time, fromIso(now))

describe('an opinion against the time it was asked with (#33)', () => {
  test('counts the asked agency’s own working time', () => {
    expect(at('2026-10-02T10:30:00+07:00')).toMatchObject({ tone: 'calm', text: 'còn 6 giờ 30 phút làm việc' })
    // Nothing of the weekend is used up.
    expect(at('2026-10-03T10:00:00+07:00').text).toBe(at('2026-10-04T22:00:00+07:00').text)
  })

  test('nears its end half a working day before', () => {
    expect(at('2026-10-02T14:59:59+07:00').tone).toBe('calm')
    expect(at('2026-10-02T15:00:00+07:00')).toMatchObject({ tone: 'soon', text: 'còn 4 giờ làm việc' })
  })

  test('is in time at the asked second itself, late the second after (D6)', () => {
    expect(at(replyBy).isLate).toBe(false)
    expect(at('2026-10-05T09:00:01+07:00')).toMatchObject({ isLate: true, tone: 'late' })
    expect(at('2026-10-05T10:30:00+07:00').text).toBe('trễ 1 giờ 30 phút')
  })

  test('a late reply stays late by what it was late when it came', () => {
    const replied = at('2026-10-09T09:00:00+07:00', '2026-10-05T11:00:00+07:00')
    expect(replied).toEqual({ tone: 'done', text: 'trễ 2 giờ', lateSeconds: 7200, isLate: true })
    expect(at('2026-10-09T09:00:00+07:00', '2026-10-05T08:59:00+07:00')).toMatchObject({ text: '', isLate: false })
  })
})
