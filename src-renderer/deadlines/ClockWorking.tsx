import { useMemo } from 'react'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { readCaseClock, readCorrectedClock } from '../../src-shared/cases/case-clock.ts'
import { caseWorking, holderShares } from '../../src-shared/cases/case-proof.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import type { ClockReading } from '../../src-shared/deadlines/clock.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { AppointmentLines } from './AppointmentLines.tsx'
import { CorrectedReadings } from './CorrectedReadings.tsx'
import classes from './deadlines.module.css'
import { HolderShares } from './HolderShares.tsx'
import { eventsNamed } from './journal.ts'
import { LevelBlock } from './LevelBlock.tsx'
import { correctedLevels } from './sums.ts'

interface Props {
  state: CaseState
  events: readonly CaseEvent[]
  /** Epoch milliseconds; up to here everything is counted. */
  now: number
}

/** Everything the clock can say for itself (S4 Đ.7): level by level with its sum, and the ways in which it may be read. */
export function ClockWorking({ state, events, now }: Props) {
  const say = useSay()
  const hours = useSession((session) => session.hours)
  const marks = state.clockMarks
  const read = useMemo(() => {
    if (hours === null || marks.length === 0) return null
    const reading: ClockReading = readCaseClock({ clockMarks: marks }, hours, now)
    const corrected = readCorrectedClock({ clockMarks: marks }, hours, now)
    return {
      levels: caseWorking(marks, reading, hours),
      corrected: correctedLevels(reading.levels, corrected.levels),
      shares: holderShares(reading),
    }
  }, [marks, hours, now])
  if (read === null) return <p className={classes.none}>{say('deadline.noProof')}</p>
  const opened = eventsNamed(events, 'case.opened')[0]
  return (
    <div className={classes.working}>
      {read.levels.map((level) => (
        <LevelBlock key={`${level.reading.level} ${level.reading.startedAt}`} level={level} />
      ))}
      <AppointmentLines events={events} />
      <HolderShares shares={read.shares} />
      <CorrectedReadings levels={read.corrected} />
      {opened && <p className={classes.none}>{say('clock.rules', { ...opened.data.policy })}</p>}
    </div>
  )
}
