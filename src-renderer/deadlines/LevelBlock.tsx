import { Fragment } from 'react'
import type { LevelWorking } from '../../src-shared/cases/case-proof.ts'
import { dueWords, exactAmount } from '../../src-shared/deadlines/spoken.ts'
import { useSay } from '../session/words.ts'
import { useAgencyNames } from './agency-names.ts'
import classes from './deadlines.module.css'
import { allowanceWords, sumWords } from './sums.ts'

/** One level: what it was given, its lines, where it stood still, who carried it on, and the sum of it all (#17, #21). */
export function LevelBlock({ level }: { level: LevelWorking }) {
  const say = useSay()
  const nameOf = useAgencyNames()
  const { reading, held, allowanceSeconds } = level
  const first = held[0]?.agencyId ?? reading.holder.agencyId
  const title = say('clock.holder', { level: say(`clock.level.${reading.level}`), agency: nameOf(first) })
  const facts = [
    allowanceSeconds === null ? null : allowanceWords(allowanceSeconds, say),
    say('clock.received', { at: dueWords(reading.startedAt) }),
    reading.dueAt === null ? null : say('clock.due', { at: dueWords(reading.dueAt) }),
    reading.endedAt === null ? null : say('clock.over', { at: dueWords(reading.endedAt) }),
  ]
  return (
    <section className={classes.level} aria-label={title}>
      <h3>{title}</h3>
      <p className={classes.facts}>{facts.filter(Boolean).join(' · ')}</p>
      <ol className={classes.lines}>
        {held.map((stretch, index) => (
          <Fragment key={`${stretch.fromAt} ${stretch.agencyId}`}>
            {stretch.stoodFromAt !== null && (
              <li data-kind="stood">
                {say('clock.stood', { from: dueWords(stretch.stoodFromAt), to: dueWords(stretch.fromAt) })}
              </li>
            )}
            {index > 0 && held[index - 1]!.agencyId !== stretch.agencyId && (
              <li data-kind="holder">
                {say('clock.carriedOn', {
                  agency: nameOf(stretch.agencyId),
                  at: dueWords(stretch.fromAt),
                  used: exactAmount(stretch.workingSeconds),
                })}
              </li>
            )}
            {stretch.lines.map((line) => (
              <li key={line.fromAt} data-kind={line.kind}>
                {line.text}
              </li>
            ))}
          </Fragment>
        ))}
        <StandingStill level={level} />
      </ol>
      <p className={classes.sum}>{sumWords(level, say)}</p>
      <TwoReadings level={level} />
    </section>
  )
}

function StandingStill({ level: { reading, held } }: { level: LevelWorking }) {
  const say = useSay()
  if (reading.state !== 'stopped') return null
  const from = dueWords(held.at(-1)?.toAt ?? reading.startedAt)
  return (
    <li data-kind="stood">
      {reading.resumesAt === null
        ? say('clock.stands', { from })
        : say('clock.standsUntil', { from, to: dueWords(reading.resumesAt) })}
    </li>
  )
}

/** D2: the Regulation can be read two ways; the one that counts was written when the level began. */
function TwoReadings({ level: { reading, allowanceReading } }: { level: LevelWorking }) {
  const say = useSay()
  const { R1, R2 } = reading.readings
  if (R2 === undefined) return null
  const due = (instant: number | null) => (instant === null ? say('clock.noDue') : dueWords(instant))
  return (
    <div className={classes.readings}>
      <h4>{say('clock.readings')}</h4>
      <ul>
        {(
          [
            ['R1', R1],
            ['R2', R2],
          ] as const
        ).map(([id, instant]) => (
          <li key={id}>
            {say(`clock.reading.${id}`, { due: due(instant) })}
            {id === allowanceReading && <strong> ({say('clock.inForce')})</strong>}
            {id === 'R1' && allowanceReading === 'R3' && <strong> ({say('clock.inForceR3')})</strong>}
          </li>
        ))}
      </ul>
    </div>
  )
}
