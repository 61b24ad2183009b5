import { IconArrowLeft, IconPhone } from '@tabler/icons-react'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import type { SignedIn } from '../../src-shared/api/session.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { recordingRoutes } from '../../src-shared/recordings/upload-contract.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './agency.module.css'
import { DeadlineLine } from './DeadlineLine.tsx'
import { ProofLines } from './ProofLines.tsx'
import { SlipActs } from './SlipActs.tsx'
import { useSlips } from './slips.ts'
import { tell } from './words.ts'

export function Slip({ caseId, signedIn }: { caseId: string; signedIn: SignedIn }) {
  const detail = useSlips((slips) => slips.details[caseId])
  const isOffline = useSlips((slips) => slips.isOffline)
  const problem = useSlips((slips) => slips.problem)
  return (
    <main className={classes.page}>
      <a className={classes.back} href="#/">
        <IconArrowLeft size={18} aria-hidden="true" />
        {tell('agency.back')}
      </a>
      {isOffline && <Notice tone="soon">{tell('agency.offline')}</Notice>}
      {problem !== null && <Notice tone="late">{problem}</Notice>}
      {detail === undefined ? (
        !isOffline && problem === null && <Empty>{tell('agency.loading')}</Empty>
      ) : (
        <>
          <Asked detail={detail} />
          <SlipActs detail={detail} account={signedIn.account} />
          <Evidence detail={detail} token={signedIn.token} />
        </>
      )}
    </main>
  )
}

function Asked({ detail }: { detail: SlipDetail }) {
  const { row, clock, citizen, content, summary, fieldName, areaName, proof } = detail
  return (
    <article aria-labelledby="slip-code" className={classes.asked}>
      <h1 id="slip-code" className={classes.title}>
        <span className={classes.dim}>{tell('agency.code')}</span> <span className={classes.code}>{row.code}</span>
      </h1>
      <p className={classes.rowMarks}>
        {row.isUrgent && <Signal tone="late">{tell('agency.urgent')}</Signal>}
        <Signal tone="quiet">
          {tell(row.stage === 'answered' && row.isLate ? 'stage.answered-late' : `stage.${row.stage}`)}
        </Signal>
      </p>
      <section aria-label={tell('agency.deadline')} className={classes.deadline}>
        {clock === null || clock.dueAt === null ? (
          <p className={classes.plain}>{tell('agency.no-deadline')}</p>
        ) : (
          <>
            <DeadlineLine clock={clock} spoken={detail.deadlineText} />
            <p className={classes.due}>{tell('agency.due', { due: instantWords(fromIso(clock.dueAt)) })}</p>
            <details>
              <summary className={classes.summary}>{tell('agency.how-reckoned')}</summary>
              <ProofLines lines={proof} />
            </details>
          </>
        )}
      </section>
      <h2 className={classes.section}>{tell('agency.content')}</h2>
      {summary !== '' && !content.startsWith(summary) && (
        <p className={classes.plain}>
          <strong>{tell('agency.summary')}:</strong> {summary}
        </p>
      )}
      <Paragraphs text={content} />
      <dl className={classes.facts}>
        {fieldName !== '' && <Fact name={tell('agency.field')}>{fieldName}</Fact>}
        {areaName !== '' && <Fact name={tell('agency.area')}>{areaName}</Fact>}
        {(citizen.name !== '' || citizen.phone !== '') && (
          <Fact name={tell('agency.citizen')}>
            {citizen.name === '' ? tell('agency.anonymous') : citizen.name}
            {citizen.address !== '' && <span className={classes.block}>{citizen.address}</span>}
          </Fact>
        )}
      </dl>
      {citizen.phone !== '' && (
        <a
          className={classes.call}
          href={`tel:${citizen.phone.replace(/[^\d+]/g, '')}`}
          aria-label={tell('agency.call-name', { name: citizen.name, phone: citizen.phone })}
        >
          <IconPhone size={20} aria-hidden="true" />
          {tell('agency.call', { phone: citizen.phone })}
        </a>
      )}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What was said and what happened: the recordings that were granted, and the journal. */
function Evidence({ detail, token }: { detail: SlipDetail; token: string }) {
  return (
    <>
      {detail.recordings.length > 0 && (
        <section aria-labelledby="recordings">
          <h2 id="recordings" className={classes.section}>
            {tell('agency.recordings')}
          </h2>
          <p className={classes.dim}>{tell('agency.recording-notice')}</p>
          {detail.recordings.map(({ recordingId, startedAt }) => (
            <figure key={recordingId} className={classes.recording}>
              <figcaption>{tell('agency.recording', { time: instantWords(fromIso(startedAt)) })}</figcaption>
              {/* biome-ignore lint/a11y/useMediaCaption: a telephone call has no captions. */}
              <audio
                controls
                preload="none"
                src={`${recordingRoutes.audio(recordingId)}?token=${encodeURIComponent(token)}`}
              />
            </figure>
          ))}
        </section>
      )}
      <section aria-labelledby="journal">
        <h2 id="journal" className={classes.section}>
          {tell('agency.journal')}
        </h2>
        <ol className={classes.journal}>
          {detail.journal.map(({ at, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows at its end.
            <li key={index}>
              <time dateTime={at} className={classes.dim}>
                {instantWords(fromIso(at))}
              </time>
              <span className={classes.block}>{text}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
