import { z } from 'zod'
import { agencyIdSchema } from '../ids.ts'
import { isInForce, slugSchema } from './directory.ts'

const said = (max: number) => z.string().trim().min(1).max(max)

/**
 * S4 Đ.9 k.1: what an agent answers from. One row is one version; a case keeps the id *and* the version it used, so that
 * all cases answered from a wrong text can be found (#10).
 */
export const articleSchema = z.object({
  id: slugSchema,
  version: z.int().positive(),
  title: said(200),
  /** The question as citizens put it. */
  question: said(300),
  /** Plain paragraphs, a blank line between; a line that begins with "- " is one item of a list. */
  answer: said(6_000),
  fieldId: slugSchema,
  /** Who must keep it true (S4 Đ.14 k.5, #52). */
  ownerAgencyId: agencyIdSchema,
  /** The document, and the article in it where that is known. */
  source: said(300),
  legalBasis: said(500),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  /** From this day on it is shown with its age until the owner confirms it. */
  reviewOn: z.iso.date(),
  keywords: z.array(said(60)).min(1),
})
export type Article = z.infer<typeof articleSchema>

export const articlesSchema = z.array(articleSchema).superRefine((articles, context) => {
  const seen = new Set<string>()
  for (const { id, version } of articles) {
    const key = `${id} v${version}`
    if (seen.has(key)) context.addIssue({ code: 'custom', message: `article ${key} is there twice` })
    seen.add(key)
  }
})

/**
 * The version to answer from on a day: the highest in force.
 * @returns undefined when no version is in force: an expired article answers nothing.
 */
export function articleInForce(articles: readonly Article[], id: string, on: string): Article | undefined {
  return articles
    .filter((a) => a.id === id && isInForce(a, on))
    .reduce<Article | undefined>((best, a) => (best === undefined || a.version > best.version ? a : best), undefined)
}

/** #52: whether an article is past its review day and must be shown with its age. */
export function isDueForReview(article: Article, on: string): boolean {
  return article.reviewOn <= on
}
