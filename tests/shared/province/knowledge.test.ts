import { describe, expect, test } from 'vitest'
import { isInForce } from '../../../src-shared/province/directory.ts'
import { articleInForce, articlesSchema, isDueForReview } from '../../../src-shared/province/knowledge.ts'
import { articles, directory } from './dong-thap.ts'

const words = (s: string) => s.split(/\s+/).length

describe('the articles of Đồng Tháp', () => {
  test('at least 36 subjects, each of a second-level field and owned by an agency in force', () => {
    expect(new Set(articles.map((a) => a.id)).size).toBeGreaterThanOrEqual(36)
    for (const article of articles) {
      expect(directory.fields.find((f) => f.id === article.fieldId)?.parentId, article.id).toBeTruthy()
      const owner = directory.agencies.find((a) => a.id === article.ownerAgencyId)
      expect(owner !== undefined && isInForce(owner, '2026-11-20'), article.id).toBe(true)
    }
  })

  test('an answer is 60 to 200 words of plain text', () => {
    for (const { id, answer } of articles) {
      expect(words(answer), id).toBeGreaterThanOrEqual(60)
      expect(words(answer), id).toBeLessThanOrEqual(200)
      expect(answer, id).not.toMatch(/[<>*#`]|\r|\t/)
    }
  })

  test('#10: versions of one subject never overlap, and at least three subjects have an older one', () => {
    const older = articles.filter((a) => a.version > 1)
    expect(older.length).toBeGreaterThanOrEqual(3)
    for (const next of older) {
      const before = articles.find((a) => a.id === next.id && a.version === next.version - 1)
      expect(before?.validTo, next.id).toBeDefined()
      expect(before!.validTo! < next.validFrom, next.id).toBe(true)
    }
  })

  test('#10: the version is chosen by the day', () => {
    expect(articleInForce(articles, 'tra-cuu-ho-so', '2026-08-31')?.version).toBe(1)
    expect(articleInForce(articles, 'tra-cuu-ho-so', '2026-09-01')?.version).toBe(2)
    expect(articleInForce(articles, 'tra-cuu-ho-so', '2019-01-01')).toBeUndefined()
    expect(articleInForce(articles, 'khong-co', '2026-09-01')).toBeUndefined()
  })

  test('#52: some are due for review in November 2026, most are not', () => {
    const current = articles.filter((a) => isInForce(a, '2026-11-20'))
    const due = current.filter((a) => isDueForReview(a, '2026-11-20'))
    expect(due.length).toBeGreaterThan(0)
    expect(due.length).toBeLessThan(current.length / 4)
  })

  test('a version twice is refused', () => {
    expect(articlesSchema.safeParse([...articles, articles[0]]).success).toBe(false)
  })
})
