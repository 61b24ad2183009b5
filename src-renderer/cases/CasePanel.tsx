import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { isFinal } from '../../src-shared/cases/lifecycle.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import type { CaseId } from '../../src-shared/ids.ts'
import { tell } from '../callers/call-store.ts'
import { run, spacedNumber } from '../callers/phone-state.ts'
import { useRooms } from '../console/room-store.ts'
import { DeadlineChip } from '../deadlines/DeadlineChip.tsx'
import { ProofLines } from '../deadlines/ProofLines.tsx'
import { bridge } from '../session/desk.ts'
import { useSession } from '../session/session-store.ts'
import { type Say, sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { Signal } from '../ui/Signal.tsx'
import { CaseActs } from './CaseActs.tsx'
import classes from './case-panel.module.css'
import { Journal } from './Journal.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import { Recordings } from './Recordings.tsx'
import { SlipAndAnswers } from './SlipAndAnswers.tsx'

/** One case: what it is, who holds it and until when, what may be done now, and everything that happened. */
export function CasePanel({ caseId }: { caseId: string }) {
  const say = useSay()
  const detail = useCase(caseId)
  if (detail === undefined) return <Empty>{say('case.reading')}</Empty>
  if (detail === null) return <Empty>{say('case.gone')}</Empty>
  const { state } = detail
  return (
    <article className={classes.panel} aria-label={say('case.title', { code: state.code })}>
      <Head detail={detail} />
      <CaseActs detail={detail} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Section title={say('field.content')}>
            <p className={classes.content}>{state.content || say('case.noContent')}</p>
          </Section>
          <SlipAndAnswers state={state} />
          {detail.available.includes('answer.publish') && <PublishPanel key={state.answers.length} detail={detail} />}
          <Recordings detail={detail} />
          <Journal events={detail.events} />
        </div>
        <aside className={classes.side} aria-label={say('case.facts')}>
          <Facts detail={detail} />
        </aside>
      </div>
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

function Head({ detail: { state, row, clock, proof } }: { detail: CaseDetail }) {
  const say = useSay()
  const agency = useSession((session) => session.reference?.directory.agencies.find(({ id }) => id === row.agencyId))
  const heading = useAwaitedFocus()
  const stage = row.isLate && (state.stage === 'answered' || state.stage === 'closed') ? 'answered-late' : state.stage
  return (
    <header className={classes.head}>
      <div className={classes.headLine}>
        <h2 ref={heading} className={classes.code} tabIndex={-1}>
          {state.code}
        </h2>
        <Signal tone="accent">{sayCode(say, 'stage', stage)}</Signal>
        {state.isUrgent && <Signal tone="soon">{say('case.urgent')}</Signal>}
        {row.sync !== 'confirmed' && (
          <Signal tone={row.sync === 'attention' ? 'late' : 'quiet'}>{say(`sync.${row.sync}`)}</Signal>
        )}
        {agency && (
          <span className={classes.holder}>
            {holderWords(say, isFinal(state.stage) ? undefined : state.slip?.holder, agency.shortName)}
          </span>
        )}
      </div>
      {clock && (
        <details className={classes.clock}>
          <summary>
            <DeadlineChip clock={clock} />
            {clock.dueAt !== null && <span>{say('deadline.dueAt', { at: instantWords(fromIso(clock.dueAt)) })}</span>}
            <span className={classes.dim}>{say('deadline.proof')}</span>
          </summary>
          <ProofLines lines={proof} />
        </details>
      )}
    </header>
  )
}

/** The button or the palette that asked for the case is gone: without this the next key would begin at the top of the window. */
function useAwaitedFocus() {
  const heading = useRef<HTMLHeadingElement>(null)
  const isAwaited = useRooms((state) => state.isCaseAwaited)
  useEffect(() => {
    if (!isAwaited) return
    heading.current?.focus()
    useRooms.setState({ isCaseAwaited: false })
  }, [isAwaited])
  return heading
}

const holderWords = (say: Say, holder: string | undefined, agency: string) =>
  holder === undefined ? agency : say(`case.heldBy.${holder as 'head'}`, { agency })

function Facts({ detail: { state } }: { detail: CaseDetail }) {
  const say = useSay()
  const directory = useSession((session) => session.reference?.directory)
  const field = directory?.fields.find(({ id }) => id === state.fieldId)?.name
  const area = directory?.areas.find(({ id }) => id === state.areaId)?.name
  const { citizen } = state
  const facts: [string, string | undefined][] = [
    [say('field.name'), citizen.name || say(citizen.isAnonymous ? 'field.isAnonymous' : 'caller.unknown')],
    [say('field.phone'), spacedNumber(citizen.phone)],
    [say('field.address'), citizen.address],
    [say('field.email'), citizen.email],
    [say('field.kind'), capital(sayCode(say, 'kind', state.kind))],
    [say('field.field'), field],
    [say('field.area'), area],
    [say('field.channel'), capital(sayCode(say, 'channel', state.channel))],
    [say('case.openedAt'), instantWords(fromIso(state.openedAt))],
    [say('case.openedBy'), state.openedBy.kind === 'person' ? state.openedBy.name : ''],
    [say('case.resolvedLevel'), state.resolvedLevel === null ? '' : sayCode(say, 'level', String(state.resolvedLevel))],
    [say('case.aliases'), state.aliases.join(', ')],
  ]
  return (
    <Section title={say('case.facts')}>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {citizen.phone !== '' && (
        <Button
          size="compact-sm"
          variant="light"
          mt={8}
          onClick={() => void tell(run({ name: 'dial', number: citizen.phone }))}
        >
          {say('case.callCitizen')}
        </Button>
      )}
    </Section>
  )
}
