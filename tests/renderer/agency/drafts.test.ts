import { describe, expect, test } from 'vitest'
import { emptyForms } from '../../../src-renderer/agency/forms.ts'
import { linkToken, placeOf } from '../../../src-renderer/agency/place.ts'
import { openDrafts, type Shelf } from '../../../src-renderer/agency/slip-drafts.ts'

function shelf(): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('drafts', () => {
  test('are kept by author, slip and form until they are sent', () => {
    const on = shelf()
    const mine = openDrafts(on, 'tk-truc-vt')
    const typed = { ...emptyForms.answer, text: 'Đã thay' }
    expect(mine.keep('case-1', 'answer', typed)).toBe(true)
    expect(openDrafts(on, 'tk-truc-vt').read('case-1', 'answer')).toEqual(typed)
    expect(mine.read('case-2', 'answer')).toBeNull()
    expect(mine.read('case-1', 'return')).toBeNull()
    expect(openDrafts(on, 'tk-tan-hd').read('case-1', 'answer')).toBeNull()
    mine.drop('case-1', 'answer')
    expect(on.kept.size).toBe(0)
  })
  test('an answered slip leaves nothing of the citizen on the telephone, other slips keep theirs', () => {
    const on = shelf()
    const mine = openDrafts(on, 'a')
    mine.keep('case-1', 'answer', { ...emptyForms.answer, text: 'Đã thay' })
    mine.keep('case-1', 'return', { reason: 'Thuộc Sở Y tế' })
    mine.keep('case-2', 'return', { reason: 'Thuộc Sở Y tế' })
    mine.dropAll('case-1')
    expect([...on.kept.keys()]).toEqual(['bt1022.draft.a.case-2.return'])
  })
  test('a browser that keeps nothing is not said to keep, and a torn draft is no draft', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(openDrafts(full, 'a').keep('case-1', 'return', { reason: 'x' })).toBe(false)
    const torn = shelf()
    openDrafts(torn, 'a').keep('case-1', 'return', { reason: 'x' })
    for (const key of torn.kept.keys()) torn.kept.set(key, '{"reason":')
    expect(openDrafts(torn, 'a').read('case-1', 'return')).toBeNull()
  })
})

test('where the person is stands in the address', () => {
  expect(placeOf('')).toEqual({ at: 'list' })
  expect(placeOf('#/phieu/01a2-b')).toEqual({ at: 'slip', caseId: '01a2-b' })
  expect(placeOf('#/phieu/../x')).toEqual({ at: 'list' })
  expect(linkToken('/phieu/abc_DEF-123')).toBe('abc_DEF-123')
  expect(linkToken('/agency')).toBeNull()
})
