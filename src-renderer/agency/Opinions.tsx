import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import type { Opinion, SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { Notice } from '../ui/Notice.tsx'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import { useSending } from './act-form.ts'
import classes from './agency.module.css'
import { DeadlineLine } from './DeadlineLine.tsx'
import { clockOfOpinion, hasOpenOpinion } from './deadlines.ts'
import type { Act } from './forms.ts'
import { remindAct } from './opinion-acts.ts'
import { tell } from './words.ts'

interface Props {
  detail: SlipDetail
  onSent(name: Act['name']): void
}

/** S2 k.1: what the lead asked of other agencies, what it waits for, and what came. */
export function Opinions({ detail, onSent }: Props) {
  if (detail.opinions.length === 0) return null
  return (
    <section aria-labelledby="opinions" className={classes.acts}>
      <h2 id="opinions" className={classes.section}>
        {tell('agency.opinions')}
      </h2>
      {hasOpenOpinion(detail.opinions) && <p className={classes.dim}>{tell('agency.opinion-running')}</p>}
      {detail.opinions.map((opinion) => (
        <article key={opinion.consultId} className={classes.opinion} aria-label={opinionName(opinion)}>
          <h3 className={classes.opinionName}>{opinionName(opinion)}</h3>
          <OpinionFacts opinion={opinion} />
          {opinion.repliedAt !== null && <Paragraphs text={opinion.reply} />}
          {opinion.repliedAt === null && detail.available.includes('consult.remind') && (
            <Remind opinion={opinion} caseId={detail.row.caseId} onSent={onSent} />
          )}
        </article>
      ))}
    </section>
  )
}

const opinionName = ({ askedOfName }: Opinion): string => tell('agency.opinion-of', { agency: askedOfName })

/** What was asked, until when, how often reminded. */
export function OpinionFacts({ opinion }: { opinion: Opinion }) {
  const at = (instant: string) => instantWords(fromIso(instant))
  return (
    <>
      <p className={classes.rowMarks}>
        <DeadlineLine clock={clockOfOpinion(opinion)} spoken={opinion.timeText} />
        <span className={classes.dim}>
          {opinion.repliedAt === null
            ? tell('agency.opinion-reply-by', { time: at(opinion.replyBy) })
            : tell('agency.opinion-replied-at', { time: at(opinion.repliedAt) })}
        </span>
      </p>
      <p className={classes.plain}>
        <span className={classes.dim}>{tell('agency.opinion-question')}: </span>
        {opinion.question}
      </p>
      <p className={classes.dim}>
        {tell('agency.opinion-asked-at', { time: at(opinion.askedAt) })}
        {opinion.reminders > 0 && <> · {tell('agency.opinion-reminded', { count: opinion.reminders })}</>}
      </p>
    </>
  )
}

/** #34: from the second reminder on Home Affairs gets a copy, and whoever presses the button knows it. */
function Remind({ opinion, caseId, onSent }: { opinion: Opinion; caseId: string; onSent: Props['onSent'] }) {
  const sending = useSending(caseId, onSent)
  return (
    <>
      {opinion.isNextCopied && <p className={classes.plain}>{tell('agency.remind-copied')}</p>}
      {sending.refusal !== null && <Notice tone="late">{sending.refusal}</Notice>}
      {sending.progress !== null && <Notice tone="calm">{sending.progress}</Notice>}
      <Button
        variant="default"
        size="lg"
        leftSection={<IconBellRinging size={18} aria-hidden="true" />}
        aria-label={tell('agency.remind-of', { agency: opinion.askedOfName, count: opinion.reminders + 1 })}
        loading={sending.progress !== null}
        onClick={() => void sending.send(remindAct(opinion.consultId))}
      >
        {tell('agency.remind')}
      </Button>
    </>
  )
}
