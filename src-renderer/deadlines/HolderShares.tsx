import type { HolderShare } from '../../src-shared/cases/case-proof.ts'
import { exactAmount } from '../../src-shared/deadlines/spoken.ts'
import { useSay } from '../session/words.ts'
import { useAgencyNames } from './agency-names.ts'
import classes from './deadlines.module.css'

/** #38: late time belongs to whoever held the clock while it ran. */
export function HolderShares({ shares }: { shares: readonly HolderShare[] }) {
  const say = useSay()
  const nameOf = useAgencyNames()
  return (
    <section className={classes.level} aria-label={say('clock.holders')}>
      <h3>{say('clock.holders')}</h3>
      <ul className={classes.shares}>
        {shares.map(({ level, agencyId, heldSeconds, lateSeconds }) => {
          const held = exactAmount(heldSeconds)
          return (
            <li key={`${level} ${agencyId}`} data-late={lateSeconds > 0}>
              <span>{say('clock.holder', { level: say(`clock.level.${level}`), agency: nameOf(agencyId) })}</span>
              <span>
                {lateSeconds > 0
                  ? say('clock.shareLate', { held, late: exactAmount(lateSeconds) })
                  : say('clock.share', { held })}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
