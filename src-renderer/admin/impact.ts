import type { MovedCase } from '../../src-shared/api/deadlines.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { exactAmount } from '../../src-shared/deadlines/spoken.ts'
import type { Say } from '../session/words.ts'

const DAY = 86_400

/** `muộn hơn 1 ngày`, `sớm hơn 2 ngày 3 giờ 30 phút`: by the wall clock, which is what a citizen was told. */
export function shiftWords({ dueBefore, dueAfter }: Pick<MovedCase, 'dueBefore' | 'dueAfter'>, say: Say): string {
  if (dueBefore === null || dueAfter === null) return say('impact.unknown')
  const seconds = Math.round((fromIso(dueAfter) - fromIso(dueBefore)) / 1000)
  if (seconds === 0) return say('impact.same')
  const amount = Math.abs(seconds)
  const days = Math.floor(amount / DAY)
  const rest = amount % DAY
  const words = [days > 0 ? say('impact.days', { days }) : '', rest > 0 ? exactAmount(rest) : '']
    .filter(Boolean)
    .join(' ')
  return say(seconds > 0 ? 'impact.later' : 'impact.earlier', { amount: words })
}
