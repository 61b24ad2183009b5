import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { agencyAnsweringFor, isInForce } from '../../src-shared/province/directory.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { useCasePolicy } from '../deadlines/case-policy.ts'
import { useInnerTargets } from '../deadlines/InnerTargets.tsx'
import { journalOf } from '../deadlines/journal.ts'
import { PauseRequest, usePauseLimit } from '../deadlines/PauseRequest.tsx'
import { dateText, localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import type { Values } from './act.ts'
import classes from './case-panel.module.css'

interface Props {
  command: CommandName
  values: Values
  detail: CaseDetail
}

/** What a person should know before giving an act that touches the clock; nothing for the others. */
export function ActNote({ command, values, detail }: Props) {
  switch (command) {
    case 'pause.confirm':
    case 'pause.refuse':
      return <PauseNote detail={detail} isRefusal={command === 'pause.refuse'} />
    case 'consult.remind':
      return <RemindNote detail={detail} consultId={values.consultId ?? ''} />
    case 'slip.transfer':
      return <TransferNote detail={detail} />
    case 'competence.set':
      return <CompetenceNote detail={detail} />
    case 'slip.promise':
      return <PromiseNote detail={detail} />
    case 'recording.grant':
      return <Note wordKey="actNote.hearing" />
    case 'urging.send':
      return <Note wordKey="actNote.urging" />
    case 'lateness.lift':
      return <Note wordKey="actNote.lift" />
    case 'case.withdraw':
      return <Note wordKey="actNote.withdraw" />
    default:
      return null
  }
}

function Note({ wordKey }: { wordKey: `actNote.${'lift' | 'withdraw' | 'hearing' | 'urging'}` }) {
  const say = useSay()
  return <p className={classes.note}>{say(wordKey)}</p>
}

/** S2 k.2 (#30), D8: what was asked, and from when it would count. */
function PauseNote({ detail, isRefusal }: { detail: CaseDetail; isRefusal: boolean }) {
  const say = useSay()
  const limit = usePauseLimit(detail.state)
  return (
    <div className={classes.note}>
      <PauseRequest state={detail.state} events={journalOf(detail)} />
      {isRefusal && <p>{say('actNote.pauseRefused')}</p>}
      {!isRefusal && limit !== null && (
        <p>
          {limit.isPrompt
            ? say('actNote.pauseFromRequest', { until: dueWords(limit.until), at: dueWords(limit.requestedAt) })
            : say('actNote.pauseFromNow', { hours: limit.hours })}{' '}
          {say('actNote.pauseSample')}
        </p>
      )}
    </div>
  )
}

/** S2 k.1 (#34). */
function RemindNote({ detail, consultId }: { detail: CaseDetail; consultId: string }) {
  const say = useSay()
  const policy = useCasePolicy(detail.state.openedAt)
  const consult = detail.state.consults.find(({ id }) => id === consultId)
  if (consult === undefined || policy === null) return null
  const from = policy.consult.copyHomeAffairsFromReminder
  const count = consult.reminders + 1
  return (
    <p className={classes.note}>
      {count >= from ? say('actNote.remindCopied', { count }) : say('actNote.remindPlain', { count, from })}
    </p>
  )
}

/** D13. */
function TransferNote({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const nameOf = useAgencyNames()
  const today = localDateOf(useNow(3600))
  const directory = useSession((session) => session.reference?.directory)
  const from = directory?.agencies.find(({ id }) => id === detail.state.slip?.agencyId)
  const isGone = from !== undefined && !isInForce(from, today)
  const successor = isGone ? agencyAnsweringFor(directory!, from.id, today) : undefined
  const dissolved = isGone
    ? say(successor === undefined ? 'actNote.dissolvedAlone' : 'actNote.dissolved', {
        agency: from.name,
        on: from.validTo === undefined ? '' : dateText(from.validTo),
        successor: successor === undefined ? '' : nameOf(successor.id, 'name'),
      })
    : null
  return (
    <div className={classes.note}>
      {dissolved !== null && <p>{dissolved}</p>}
      <p>{say('actNote.transfer')}</p>
    </div>
  )
}

/** D7. */
function CompetenceNote({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const target = useInnerTargets(detail.state, journalOf(detail)).find(({ kind }) => kind === 'competence')
  if (target === undefined) return null
  return (
    <p className={classes.note}>{say('actNote.competence', { at: dueWords(target.dueAt), label: target.label })}</p>
  )
}

/** S4 Đ.9 k.3 ¶2, Đ.10 k.3 (#19, #24). */
function PromiseNote({ detail: { clock, state } }: { detail: CaseDetail }) {
  const say = useSay()
  if (clock?.dueAt == null) return null
  const due = dueWords(fromIso(clock.dueAt))
  const key = state.counts.postponements > 0 ? 'actNote.promiseUsed' : 'actNote.promise'
  return <p className={classes.note}>{say(key, { due })}</p>
}
