import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import type { Account } from '../../src-shared/people/roles.ts'
import { capital } from '../ui/capital.ts'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import classes from './agency.module.css'
import { Corrections, Holders, Readings } from './Deadlines.tsx'
import { duesOf } from './deadlines.ts'
import { Journal } from './Evidence.tsx'
import { OpinionFacts } from './Opinions.tsx'
import { registerNow } from './slips.ts'
import { urgingWords } from './Urgings.tsx'
import { letterNumber, Working } from './Working.tsx'
import { tell } from './words.ts'

/** The slip on paper (S4 Đ.7): all that the screen folds away lies open, and nothing that can be pressed is on it. */
export function CaseFile({ detail, account }: { detail: SlipDetail; account: Account }) {
  const { row, content, summary, citizen, fieldName, areaName, deadline, opinions, journal } = detail
  const dues = duesOf(detail.clock, deadline.external?.dueAt ?? null).filter((due) => due.clock.dueAt !== null)
  const facts: readonly (readonly [string, string])[] = [
    [tell('agency.code'), row.code],
    [tell('agency.file-agency'), row.leadName],
    [
      tell('agency.file-stage'),
      capital(tell(row.stage === 'answered' && row.isLate ? 'stage.answered-late' : `stage.${row.stage}`)),
    ],
    [tell('agency.field'), fieldName],
    [tell('agency.area'), areaName],
    [tell('agency.citizen'), [citizen.name, citizen.phone, citizen.address].filter(Boolean).join(', ')],
  ]
  return (
    <div className={classes.file} data-paper>
      <h1>{tell('agency.file-title')}</h1>
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <h2>{tell('agency.content')}</h2>
      {summary !== '' && !content.startsWith(summary) && (
        <p>
          {tell('agency.summary')}: {summary}
        </p>
      )}
      <Paragraphs text={content} />
      {!detail.isOpinionOnly && (
        <>
          <h2>{tell('agency.deadline')}</h2>
          {dues.length === 0 && <p>{tell('agency.no-deadline')}</p>}
          {dues.map(({ by, clock }) => (
            <p key={by}>
              {by === 'letter' && deadline.external !== null
                ? tell('agency.due-external', {
                    number: letterNumber(deadline.external),
                    issuedBy: deadline.external.issuedBy,
                    due: instantWords(fromIso(clock.dueAt!)),
                  })
                : tell('agency.due-own', { due: instantWords(fromIso(clock.dueAt!)) })}
            </p>
          ))}
          {deadline.text !== '' && <p>{capital(deadline.text)}.</p>}
          {deadline.readings !== null && <Readings readings={deadline.readings} />}
          {(deadline.recounts.length > 0 || deadline.corrected.length > 0) && (
            <Corrections recounts={deadline.recounts} corrected={deadline.corrected} />
          )}
          {deadline.holders.length > 0 && <Holders holders={deadline.holders} />}
          <h2>{tell('agency.file-working')}</h2>
          <Working working={deadline.working} />
        </>
      )}
      {opinions.length > 0 && <h2>{tell('agency.opinions')}</h2>}
      {opinions.map((opinion) => (
        <div key={opinion.consultId}>
          <h3>{tell('agency.opinion-of', { agency: opinion.askedOfName })}</h3>
          <OpinionFacts opinion={opinion} />
          {opinion.reply !== '' && <Paragraphs text={opinion.reply} />}
        </div>
      ))}
      {detail.urgings.length > 0 && <h2>{tell('agency.urgings')}</h2>}
      {detail.urgings.map((urging) => (
        <p key={urging.urgingId}>{urgingWords(urging)}</p>
      ))}
      <h2>{tell('agency.journal')}</h2>
      <Journal journal={journal} />
      <p>{tell('agency.file-printed', { time: instantWords(registerNow()), name: account.name })}</p>
    </div>
  )
}
