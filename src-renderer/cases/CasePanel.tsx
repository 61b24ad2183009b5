import { useEffect, useState } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CaseId } from '../../src-shared/ids.ts'
import { bridge } from '../session/desk.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { CaseActs } from './CaseActs.tsx'
import { CaseFacts } from './CaseFacts.tsx'
import { CaseHead } from './CaseHead.tsx'
import classes from './case-panel.module.css'
import { Journal } from './Journal.tsx'
import { LetterFacts } from './LetterFacts.tsx'
import { Opinions } from './Opinions.tsx'
import { PaperFile } from './PaperFile.tsx'
import { PassageSection } from './PassageSection.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import { Recordings } from './Recordings.tsx'
import { SlipAndAnswers } from './SlipAndAnswers.tsx'
import { StandingNotices } from './StandingNotices.tsx'

/** One case: what it is, who holds it and until when, what may be done now, and everything that happened. */
export function CasePanel({ caseId }: { caseId: string }) {
  const say = useSay()
  const detail = useCase(caseId)
  if (detail === undefined) return <Empty>{say('case.reading')}</Empty>
  if (detail === null) return <Empty>{say('case.gone')}</Empty>
  const { state } = detail
  return (
    <article className={classes.panel} aria-label={say('case.title', { code: state.code })}>
      <CaseHead detail={detail} />
      <CaseActs detail={detail} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Section title={say('field.content')}>
            <p className={classes.content}>{state.content || say('case.noContent')}</p>
          </Section>
          <StandingNotices detail={detail} />
          <SlipAndAnswers state={state} />
          <Opinions detail={detail} />
          <PassageSection detail={detail} />
          {detail.available.includes('answer.publish') && <PublishPanel key={state.answers.length} detail={detail} />}
          <Recordings detail={detail} />
          <Journal events={detail.events} />
        </div>
        <aside className={classes.side} aria-label={say('case.facts')}>
          <CaseFacts detail={detail} />
          <LetterFacts detail={detail} />
        </aside>
      </div>
      <PaperFile detail={detail} />
    </article>
  )
}

/** Undefined while it is read, null when there is no such case; read again when it changed. */
function useCase(caseId: string): CaseDetail | null | undefined {
  const [detail, setDetail] = useState<CaseDetail | null | undefined>(undefined)
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const answer = await bridge().call('cases.get', { caseId: caseId as CaseId })
      if (!isOld) setDetail(answer.detail)
    }
    void read()
    const stop = bridge().on('cases.changed', ({ caseIds }) => {
      if (caseIds.length === 0 || caseIds.includes(caseId as CaseId)) void read()
    })
    return () => {
      isOld = true
      stop()
    }
  }, [caseId])
  return detail
}
