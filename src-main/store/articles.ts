import type { Article } from '../../src-shared/province/knowledge.ts'
import { fold } from '../../src-shared/words/fold.ts'
import type { WritableDatabase } from './database.ts'

export interface Articles {
  replaceAll(articles: readonly Article[]): void
  /** Best first: the title weighs most, the answer least. `match` is an FTS5 expression over folded words. */
  search(match: string, limit: number): Article[]
}

export function openArticles(db: WritableDatabase): Articles {
  const add = db.prepare<unknown[], { row: number }>(
    'INSERT INTO articles (article_id, version, body) VALUES (?, ?, ?) RETURNING row',
  )
  const addText = db.prepare('INSERT INTO articles_fts (rowid, title, words, answer) VALUES (?, ?, ?, ?)')
  const search = db.prepare<[string, number], { body: string }>(
    `SELECT a.body FROM articles_fts f JOIN articles a ON a.row = f.rowid WHERE articles_fts MATCH ?
     ORDER BY bm25(articles_fts, 8.0, 5.0, 1.0) LIMIT ?`,
  )
  return {
    replaceAll(articles) {
      db.exec('DELETE FROM articles; DELETE FROM articles_fts;')
      for (const article of articles) {
        const { row } = add.get(article.id, article.version, JSON.stringify(article))!
        addText.run(
          row,
          fold(article.title),
          fold([article.question, ...article.keywords].join(' ')),
          fold(article.answer),
        )
      }
    },
    search: (match, limit) => search.all(match, limit).map((row) => JSON.parse(row.body) as Article),
  }
}
