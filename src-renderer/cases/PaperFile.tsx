import { useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { exactTimeOfDay, instantWords } from '../../src-shared/deadlines/spoken.ts'
import { ClockWorking } from '../deadlines/ClockWorking.tsx'
import { InnerTargets } from '../deadlines/InnerTargets.tsx'
import { journalOf } from '../deadlines/journal.ts'
import { registerNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { usePrinting } from '../ui/printing.ts'
import { FactList, useCaseFacts } from './CaseFacts.tsx'
import { stageOf } from './CaseHead.tsx'
import { LetterFacts } from './LetterFacts.tsx'
import { Opinions } from './Opinions.tsx'
import { PaperJournal } from './PaperJournal.tsx'
import { PaperRecordings, PaperSeal } from './PaperSeal.tsx'
import { PassageSection } from './PassageSection.tsx'
import './paper.css'
import { SlipAndAnswers } from './SlipAndAnswers.tsx'
import { StandingNotices } from './StandingNotices.tsx'
import { localDateText } from './typed-time.ts'

/**
 * The case on A4, made only while it is being printed (Ctrl+P, or the browser's own menu): black on white, without the
 * console around it. S4 Đ.7: it has the value of a paper document, so it says everything and how it can be checked.
 */
export function PaperFile({ detail }: { detail: CaseDetail }) {
  const isPrinting = usePrinting()
  return isPrinting ? createPortal(<Paper detail={detail} />, document.body) : null
}

function Paper({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { state } = detail
  const [now] = useState(() => Math.floor(registerNow() / 1000) * 1000)
  const events = useMemo(() => journalOf(detail), [detail])
  const facts = useCaseFacts(detail)
  return (
    <article data-paper="" lang={document.documentElement.lang}>
      {/* What stands in the margin of each page must be in the rule of the page itself. */}
      <style>{`@page { @bottom-left { content: "${state.code}" } }`}</style>
      <PaperHead detail={detail} now={now} />
      <section>
        <h2>{say('paper.citizen')}</h2>
        <FactList facts={facts} />
      </section>
      <section>
        <h2>{say('paper.content')}</h2>
        <p data-words="">{state.content || say('case.noContent')}</p>
        <LetterFacts detail={detail} />
      </section>
      <section>
        <h2>{say('paper.handling')}</h2>
        <StandingNotices detail={detail} />
        <SlipAndAnswers state={state} />
        <Opinions detail={detail} />
        <PassageSection detail={detail} />
        <PaperRecordings recordings={detail.recordings} />
      </section>
      <section>
        <h2>{say('paper.clock')}</h2>
        <InnerTargets state={state} events={events} />
        <ClockWorking state={state} events={events} now={now} />
      </section>
      <section>
        <h2>{say('paper.journal')}</h2>
        <PaperJournal events={detail.events} />
      </section>
      <PaperSeal events={detail.events} />
    </article>
  )
}

function PaperHead({ detail, now }: { detail: CaseDetail; now: number }) {
  const say = useSay()
  const reference = useSession((session) => session.reference)
  const { state } = detail
  const { lateLift } = state
  return (
    <header>
      <div data-heading="">
        <p>
          <strong>{reference?.provinceName.toLocaleUpperCase('vi')}</strong>
          <br />
          <strong>{say('paper.hotline', { hotline: reference?.directory.hotline ?? '' })}</strong>
        </p>
        <p>
          <strong>{say('paper.nation').toLocaleUpperCase('vi')}</strong>
          <br />
          <strong data-motto="">{say('paper.motto')}</strong>
        </p>
      </div>
      <h1>{say('paper.title')}</h1>
      <p data-centre="">
        <strong>{say('paper.code', { code: state.code })}</strong>
        <br />
        {say('paper.stage', { stage: capital(sayCode(say, 'stage', stageOf(detail))) })}
        {lateLift !== null && `, ${say('late.lifted', { number: lateLift.number })}`}
        <br />
        {say('case.openedAt')} {instantWords(fromIso(state.openedAt))}
        {'. '}
        {say('paper.printedAt', { at: `${exactTimeOfDay(now)} ${localDateText(now)}` })}.
      </p>
    </header>
  )
}
