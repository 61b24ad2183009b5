import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import classes from './deadlines.module.css'
import type { WatchId } from './watch.ts'
import type { WatchList } from './watch-store.ts'

/** Why the list is there, or what would fill it. */
export function WatchIntro({ id, list }: { id: WatchId; list: WatchList | null }) {
  const say = useSay()
  const count = useSession((session) => session.policy?.bounceToOfficeAt ?? 2)
  if (list === null) return <Empty>{say('watch.reading')}</Empty>
  if (list.items.length === 0) return <Empty>{say(`watch.${id}.empty`)}</Empty>
  return <p className={classes.rule}>{say(`watch.${id}.rule`, { count })}</p>
}
