import { useMemo } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { Consult } from '../../src-shared/cases/case.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../src-shared/deadlines/policy.ts'
import { dueWords, roundAmount } from '../../src-shared/deadlines/spoken.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { useCasePolicy } from '../deadlines/case-policy.ts'
import { eventsNamed, journalOf } from '../deadlines/journal.ts'
import { OpinionChip } from '../deadlines/OpinionChip.tsx'
import { opinionTime } from '../deadlines/opinion-time.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { type Say, useSay } from '../session/words.ts'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'

/** #33–#35: what was asked of whom and by when, how it stands, and what was replied. */
export function Opinions({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { consults } = detail.state
  const replies = useMemo(() => eventsNamed(journalOf(detail), 'consult.replied'), [detail])
  if (consults.length === 0) return null
  const isOwed = consults.some(({ repliedAt }) => repliedAt === null)
  return (
    <Section title={say('opinion.title', { count: consults.length })}>
      <ul className={classes.opinions}>
        {consults.map((consult) => (
          <Opinion
            key={consult.id}
            consult={consult}
            openedAt={detail.state.openedAt}
            reply={replies.find(({ data }) => data.consultId === consult.id)?.data.text}
          />
        ))}
      </ul>
      {isOwed && <p className={classes.dim}>{say('opinion.runs')}</p>}
    </Section>
  )
}

interface Props {
  consult: Consult
  openedAt: string
  reply: string | undefined
}

function Opinion({ consult, openedAt, reply }: Props) {
  const say = useSay()
  const nameOf = useAgencyNames()
  const policy = useCasePolicy(openedAt)
  const limit = policy?.consult.byProcedure.find(({ agencyId }) => agencyId === consult.agencyId)
  return (
    <li>
      <p className={classes.lead}>
        {nameOf(consult.agencyId, 'name')} <OpinionChip consult={consult} />
      </p>
      <p className={classes.content}>{consult.question}</p>
      <p className={classes.dim}>
        {[
          say('opinion.asked', { at: dueWords(fromIso(consult.askedAt)) }),
          say('opinion.replyBy', { at: dueWords(fromIso(consult.replyBy)) }),
          limit && say('opinion.maximum', { hours: limit.maxWorkingHours, basis: limit.basis }),
          consult.reminders > 0 && remindedWords(consult, policy, say),
          consult.repliedAt !== null && <Replied key="replied" consult={consult} />,
        ]
          .filter(Boolean)
          .flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}
      </p>
      {reply !== undefined && <Paragraphs text={reply} />}
    </li>
  )
}

function Replied({ consult }: { consult: Consult }) {
  const say = useSay()
  const now = useNow(3600)
  const hours = useSession((session) => session.hours)
  const workingTime = hours?.ofAgency(consult.agencyId)
  const at = dueWords(fromIso(consult.repliedAt!))
  const time = workingTime === undefined ? null : opinionTime(consult, workingTime, now)
  return (
    <>
      {time?.isLate
        ? say('opinion.repliedLate', { at, late: roundAmount(time.lateSeconds) })
        : say('opinion.replied', { at })}
    </>
  )
}

/** S2 k.1 (#34): from the second reminder on, Home Affairs has a copy. */
function remindedWords({ reminders }: Consult, policy: Policy | null, say: Say): string {
  const isCopied = reminders >= (policy?.consult.copyHomeAffairsFromReminder ?? Number.POSITIVE_INFINITY)
  return say(isCopied ? 'opinion.copied' : 'opinion.reminded', { count: reminders })
}
