import { describe, expect, test } from 'vitest'
import { isLetterFirst, letterChip, runningLetter } from '../../../src-renderer/deadlines/letter.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { vi } from './scene-detail.ts'

const external = {
  number: '452/VPCP',
  issuedBy: 'Văn phòng Chính phủ',
  issuedOn: null,
  dueAt: '2026-10-07T17:00:00+07:00',
}
const letter = { number: external.number, dueAt: external.dueAt }
const clock = (dueAt: string | null, change = {}) => ({ state: 'running' as const, dueAt, isLate: false, ...change })

describe('two deadlines at once (#4)', () => {
  test('the earlier of ours and the letter’s is shown', () => {
    expect(isLetterFirst(clock('2026-10-08T08:00:00+07:00'), letter)).toBe(true)
    expect(isLetterFirst(clock('2026-10-07T16:59:59+07:00'), letter)).toBe(false)
    // The same instant: ours is the one that is counted.
    expect(isLetterFirst(clock(external.dueAt), letter)).toBe(false)
  })

  test('the letter waits neither for a stopped clock nor for an agency', () => {
    expect(isLetterFirst(null, letter)).toBe(true)
    expect(isLetterFirst(clock('2026-10-06T08:00:00+07:00', { state: 'stopped' }), letter)).toBe(true)
    expect(isLetterFirst(clock(null), letter)).toBe(true)
  })

  test('lateness of ours hides behind nothing (#22)', () => {
    expect(isLetterFirst(clock('2026-10-08T08:00:00+07:00', { isLate: true }), letter)).toBe(false)
  })

  test.each(['received', 'awaiting-competence', 'with-focal-officer', 'with-head', 'late'] as const)(
    'it runs while the answer is owed: %s',
    (stage) => {
      expect(runningLetter({ external, stage })).toEqual(letter)
    },
  )

  test.each(['answered', 'closed', 'refused', 'redirected', 'withdrawn'] as const)('and not after: %s', (stage) => {
    expect(runningLetter({ external, stage })).toBeNull()
  })

  test('a letter without a time limit sets none', () => {
    const state: Pick<CaseState, 'external' | 'stage'> = { external: { ...external, dueAt: null }, stage: 'received' }
    expect(runningLetter(state)).toBeNull()
    expect(runningLetter({ external: null, stage: 'received' })).toBeNull()
  })

  test('it says whose it is, nears three days before, and is past the second after', () => {
    const at = (text: string) => letterChip(letter, fromIso(text), vi)
    expect(at('2026-10-04T16:59:59+07:00')).toEqual({ tone: 'calm', text: 'văn bản: hạn 07/10 17:00' })
    expect(at('2026-10-04T17:00:00+07:00').tone).toBe('soon')
    expect(at('2026-10-07T17:00:00+07:00').tone).toBe('soon')
    expect(at('2026-10-07T17:00:01+07:00')).toEqual({ tone: 'late', text: 'văn bản: quá hạn, hạn 17:00' })
  })
})
