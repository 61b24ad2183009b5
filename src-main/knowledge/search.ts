import type { ArticleHit } from '../../src-shared/bridge.ts'
import { type Article, articleInForce, isDueForReview } from '../../src-shared/province/knowledge.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Articles } from '../store/articles.ts'
import { matchAll, matchAny } from '../store/match.ts'

export interface KnowledgeSearch {
  /** At most 20, best first; only versions in force on the day. */
  search(text: string, fieldId: string | null): ArticleHit[]
}

/** Search in the local copy: all the words first; when nothing has them all (a whole sentence), any of them. */
export function openKnowledgeSearch(
  articles: Articles,
  parts: { all(): readonly Article[]; today(): string },
): KnowledgeSearch {
  return {
    search(text, fieldId) {
      const exact = matchAll(text)
      if (exact === null) return []
      let found = articles.search(exact, 60)
      if (found.length === 0) found = articles.search(matchAny(text) ?? exact, 60)
      const today = parts.today()
      const inForce = found.filter(
        (article) => articleInForce(parts.all(), article.id, today)?.version === article.version,
      )
      // The field the case is filed under goes first, but hides nothing.
      const near =
        fieldId === null
          ? inForce
          : [...inForce].sort((a, b) => Number(b.fieldId === fieldId) - Number(a.fieldId === fieldId))
      return near.slice(0, 20).map((article) => ({
        id: article.id,
        version: article.version,
        title: article.title,
        excerpt: article.answer.slice(0, 160),
        fieldId: article.fieldId,
        source: article.source,
        validFrom: article.validFrom,
        isExpired: isDueForReview(article, today),
      }))
    },
  }
}

export const knowledgeCalls = (search: KnowledgeSearch): HandlersOf<'knowledge'> => ({
  'knowledge.search': ({ text, fieldId }) => ({ hits: search.search(text, fieldId) }),
})
