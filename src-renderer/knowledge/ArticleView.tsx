import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dateWords } from '../../src-shared/deadlines/spoken.ts'
import { type Article, isDueForReview } from '../../src-shared/province/knowledge.ts'
import { localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import classes from './knowledge.module.css'

const noon = (date: string) => fromIso(`${date}T12:00:00+07:00`)

/** The answer as it is read out, with what makes it official: source, basis, date of force, version. */
export function ArticleView({ article }: { article: Article }) {
  const say = useSay()
  const today = localDateOf(useNow(3600))
  return (
    <article className={classes.article} aria-label={article.title}>
      <h3 className={classes.title}>{article.title}</h3>
      <p className={classes.question}>{article.question}</p>
      {article.validTo !== undefined && article.validTo < today && (
        <Notice tone="late">{say('knowledge.expired', { on: dateWords(noon(article.validTo)) })}</Notice>
      )}
      {isDueForReview(article, today) && (
        <Notice tone="soon">{say('knowledge.review', { on: dateWords(noon(article.reviewOn)) })}</Notice>
      )}
      <Paragraphs text={article.answer} />
      <dl className={classes.facts}>
        <dt>{say('knowledge.source')}</dt>
        <dd>{article.source}</dd>
        <dt>{say('knowledge.basis')}</dt>
        <dd>{article.legalBasis}</dd>
        <dt>{say('knowledge.force')}</dt>
        <dd>
          {dateWords(noon(article.validFrom))} · {say('knowledge.version', { version: article.version })}
        </dd>
      </dl>
    </article>
  )
}
