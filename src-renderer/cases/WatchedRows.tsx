import { useRooms } from '../console/room-store.ts'
import { WatchIntro } from '../deadlines/WatchIntro.tsx'
import { WatchRowText } from '../deadlines/WatchRowText.tsx'
import type { WatchId } from '../deadlines/watch.ts'
import { useWatchLists } from '../deadlines/watch-store.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { AsOf } from '../session/AsOf.tsx'
import { useSay } from '../session/words.ts'
import classes from './case-list.module.css'

/** One watched list at the left of the office's room; the same keys as in any list of cases. */
export function WatchedRows({ id, label }: { id: WatchId; label: string }) {
  const say = useSay()
  const list = useWatchLists()?.[id] ?? null
  const items = list?.items ?? []
  const caseId = useRooms((state) => state.caseId)
  const at = items.findIndex(({ row }) => row.caseId === caseId)
  const go = (index: number) => {
    const item = items[Math.max(0, Math.min(index, items.length - 1))]
    if (item) useRooms.setState({ caseId: item.row.caseId })
  }
  useShortcut('cases.next', () => go(at + 1))
  useShortcut('cases.previous', () => go(at - 1))
  return (
    <section className={classes.watched} aria-label={label}>
      <WatchIntro id={id} list={list} />
      <div className={classes.state}>
        <AsOf />
      </div>
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            <button
              type="button"
              className={classes.watchedRow}
              aria-current={item.row.caseId === caseId ? 'true' : undefined}
              onClick={() => useRooms.setState({ caseId: item.row.caseId })}
            >
              <WatchRowText item={item} />
            </button>
          </li>
        ))}
      </ul>
      {list !== null && list.more > 0 && <p className={classes.more}>{say('watch.more', { count: list.more })}</p>}
    </section>
  )
}
