import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldWithOrigin, normalisePhone } from '../../../src-shared/words/fold.ts'

describe('fold', () => {
  it.each([
    ['Đường Nguyễn Huệ', 'duong nguyen hue'],
    ['ĐỒNG THÁP', 'dong thap'],
    ['Ưu đãi, Ơn, Ặ ặ', 'uu dai, on, a a'],
    ['1022', '1022'],
  ])('%s → %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
    expect(fold(text.normalize('NFD'))).toBe(folded)
  })

  it('is stable, and knows where each character came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { composed, folded, origin } = foldWithOrigin(text)
        expect(fold(fold(text))).toBe(fold(text))
        expect(origin).toHaveLength(folded.length + 1)
        expect(origin.at(-1)).toBe(composed.length)
        expect(origin.every((at, i) => i === 0 || at >= origin[i - 1]!)).toBe(true)
      }),
    )
  })
})

describe('normalisePhone', () => {
  it.each([
    ['0912 345 678', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['+84 (0)912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['0084912345678', '0912345678'],
    ['0277/3851234', '02773851234'],
    ['(0277) 385-1234', '02773851234'],
    ['842773851234', '02773851234'],
    ['8400', '8400'],
    ['1022', '1022'],
    ['+1 202 555 0100', '+12025550100'],
    ['ẩn số', ''],
    ['', ''],
  ])('%s → %s', (text, phone) => {
    expect(normalisePhone(text)).toBe(phone)
    expect(normalisePhone(phone)).toBe(phone)
  })
})
