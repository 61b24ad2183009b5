import { z } from 'zod'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { durationWords } from './duration.ts'

const chainedSchema = z.object({ hash: z.string() })

/** By what a stranger can check that nothing was taken out or put in (S4 Đ.7), and who answers for the print. */
export function PaperSeal({ events }: { events: CaseDetail['events'] }) {
  const say = useSay()
  const name = useSession((session) => session.state?.account?.name ?? '')
  const registered = events.filter(({ seq }) => seq !== null)
  const last = registered.at(-1)
  const waiting = events.length - registered.length
  return (
    <>
      <section>
        <h2>{say('paper.integrity')}</h2>
        {last && (
          <p>
            {say('paper.chain', { count: registered.length, seq: last.seq ?? '' })}
            <br />
            <span data-hash="">{chainedSchema.parse(last.event).hash}</span>
          </p>
        )}
        {waiting > 0 && <p>{say('paper.unconfirmed', { count: waiting })}</p>}
        <p>{say('paper.value')}</p>
      </section>
      <footer data-signatures="">
        <p>
          <strong>{say('paper.printedBy')}</strong>
          <br />
          {say('paper.sign')}
          <span data-name="">{name}</span>
        </p>
        <p>
          <strong>{say('paper.confirmedBy')}</strong>
          <br />
          {say('paper.seal')}
        </p>
      </footer>
    </>
  )
}

/** S4 Đ.11 k.1 (#39): the recordings that belong to the case. */
export function PaperRecordings({ recordings }: { recordings: CaseDetail['recordings'] }) {
  const say = useSay()
  if (recordings.length === 0) return null
  return (
    <section>
      <h3>{say('paper.recordings')}</h3>
      <ul>
        {recordings.map(({ recordingId, startedAt, durationMs }) => (
          <li key={recordingId}>
            {say('paper.recording', {
              at: instantWords(fromIso(startedAt)),
              length: durationWords(durationMs),
              id: recordingId,
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}
