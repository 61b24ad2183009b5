import type { CaseState } from '../../src-shared/cases/case.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'

/** The slip as it went to the agency, and the answers with who wrote and who released them. */
export function SlipAndAnswers({ state }: { state: CaseState }) {
  const say = useSay()
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const nameOf = (agencyId: string) => agencies?.find(({ id }) => id === agencyId)?.name ?? agencyId
  const { slip, refusal, redirect, closure, publication } = state
  return (
    <>
      {slip && (
        <Section title={say('slip.title')}>
          <p className={classes.lead}>{nameOf(slip.agencyId)}</p>
          {slip.summary !== state.content && <p className={classes.content}>{slip.summary}</p>}
          <p className={classes.dim}>
            {[
              say('slip.sentAt', { at: instantWords(fromIso(slip.sentAt)) }),
              slip.receivedAt && say('slip.receivedAt', { at: instantWords(fromIso(slip.receivedAt)) }),
              slip.openedAt ? say('slip.openedAt', { at: instantWords(fromIso(slip.openedAt)) }) : say('slip.unopened'),
              slip.callAttempt && say('slip.called', { result: sayCode(say, 'call-result', slip.callAttempt.result) }),
              slip.skippedCallReason && say('slip.notCalled', { reason: slip.skippedCallReason }),
              slip.reminders > 0 && say('slip.reminders', { count: slip.reminders }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </Section>
      )}
      {state.answers.map((answer) => (
        <Section
          key={`${answer.level} ${answer.at}`}
          title={say('answer.title', { level: sayCode(say, 'level', String(answer.level)) })}
        >
          <Paragraphs text={answer.text} />
          <p className={classes.dim}>
            {[
              instantWords(fromIso(answer.at)),
              answer.author.kind === 'person' ? answer.author.name : '',
              answer.approver && say('answer.approvedBy', { name: answer.approver }),
              answer.article && say('answer.article', { id: answer.article.id, version: answer.article.version }),
              answer.source,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </Section>
      ))}
      {refusal && (
        <Section title={capital(sayCode(say, 'stage', 'refused'))}>
          <p className={classes.content}>
            {refusal.reason} {say('case.referredTo', { to: refusal.referredTo })}
          </p>
        </Section>
      )}
      {redirect && (
        <Section title={capital(sayCode(say, 'stage', 'redirected'))}>
          <p className={classes.content}>{redirect.number}</p>
        </Section>
      )}
      {closure && (
        <Section title={say('case.closure')}>
          <p className={classes.content}>{closure.proof}</p>
        </Section>
      )}
      {publication && (
        <Section title={say('publish.done')}>
          <p className={classes.content}>{publication.question}</p>
          <p className={classes.content}>{publication.answer}</p>
        </Section>
      )}
    </>
  )
}
