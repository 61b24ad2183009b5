import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { recordingRoutes } from '../../src-shared/recordings/upload-contract.ts'
import classes from './agency.module.css'
import { tell } from './words.ts'

/** What was said and what happened: the recordings that were granted, and the journal. */
export function Evidence({ detail, token }: { detail: SlipDetail; token: string }) {
  return (
    <>
      {detail.recordings.length + asked(detail).length > 0 && (
        <section aria-labelledby="recordings">
          <h2 id="recordings" className={classes.section}>
            {tell('agency.recordings')}
          </h2>
          <p className={classes.dim}>{tell('agency.recording-notice')}</p>
          {asked(detail).map(({ recordingId, startedAt, asked: answer }) => (
            <p key={recordingId} className={classes.plain}>
              {tell('agency.recording', { time: instantWords(fromIso(startedAt)) })}: {tell(`agency.hearing-${answer}`)}
            </p>
          ))}
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
        <Journal journal={detail.journal} />
      </section>
    </>
  )
}

const asked = ({ unheard }: SlipDetail) =>
  unheard.flatMap((each) => (each.asked === 'no' ? [] : [{ ...each, asked: each.asked }]))

export function Journal({ journal }: Pick<SlipDetail, 'journal'>) {
  return (
    <ol className={classes.journal}>
      {journal.map(({ at, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows at its end.
        <li key={index}>
          <time dateTime={at} className={classes.dim}>
            {instantWords(fromIso(at))}
          </time>
          <span className={classes.block}>{text}</span>
        </li>
      ))}
    </ol>
  )
}
