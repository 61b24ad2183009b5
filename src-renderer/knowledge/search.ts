import { useEffect, useState } from 'react'
import type { ArticleHit } from '../../src-shared/bridge.ts'
import type { Article } from '../../src-shared/province/knowledge.ts'
import { editDraft, useDrafts } from '../cases/draft-store.ts'
import { bridge } from '../session/desk.ts'
import { useSession } from '../session/session-store.ts'

/** Results for what is typed, a quarter of a second after the last key; a slow answer never overwrites a newer one. */
export function useArticles(text: string, fieldId: string | null): readonly ArticleHit[] {
  const [hits, setHits] = useState<readonly ArticleHit[]>([])
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      const found = await bridge().call('knowledge.search', { text: text.slice(0, 400), fieldId })
      if (!isOld) setHits(found.hits)
    }, 250)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [text, fieldId])
  return hits
}

/** The whole text of a hit, from the copy of the reference this desk holds. */
export function useArticle(hit: Pick<ArticleHit, 'id' | 'version'> | null): Article | null {
  const articles = useSession((session) => session.reference?.articles)
  if (hit === null) return null
  return articles?.find(({ id, version }) => id === hit.id && version === hit.version) ?? null
}

/** S4 Đ.9 k.1: the case remembers the article at the version used. What the agent wrote of their own stays. */
export function answerFrom(article: Article): void {
  const { activeId, drafts } = useDrafts.getState()
  const draft = drafts.find(({ draftId }) => draftId === activeId)
  if (!draft) return
  const { id, version, title, source } = article
  editDraft(draft.draftId, {
    way: 'answer',
    article: { id, version, title, source },
    ...(draft.form.answerText.trim() === '' ? { answerText: article.answer } : {}),
  })
}
