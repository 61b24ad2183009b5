import type { LevelReading } from '../../src-shared/deadlines/level-measure.ts'
import { useSay } from '../session/words.ts'
import { useAgencyNames } from './agency-names.ts'
import classes from './deadlines.module.css'
import { readingWords } from './sums.ts'

/** D14: as known then and as corrected, side by side; what was reckoned is never rewritten. */
export function CorrectedReadings({ levels }: { levels: readonly { known: LevelReading; corrected: LevelReading }[] }) {
  const say = useSay()
  const nameOf = useAgencyNames()
  if (levels.length === 0) return null
  return (
    <section className={classes.level} aria-label={say('clock.corrected')}>
      <h3>{say('clock.corrected')}</h3>
      {levels.map(({ known, corrected }) => (
        <div key={`${known.level} ${known.startedAt}`} className={classes.readings}>
          <h4>
            {say('clock.holder', {
              level: say(`clock.level.${known.level}`),
              agency: nameOf(known.holder.agencyId),
            })}
          </h4>
          <ul>
            <li>{readingWords('clock.asKnown', known, say)}</li>
            <li>{readingWords('clock.asCorrected', corrected, say)}</li>
          </ul>
        </div>
      ))}
      <p className={classes.none}>{say('clock.correctedHint')}</p>
    </section>
  )
}
