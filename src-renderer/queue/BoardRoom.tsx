import { useEffect, useState } from 'react'
import { ListKey } from '../cases/Lists.tsx'
import { type WatchId, watchIds } from '../deadlines/watch.ts'
import { followWatch, useWatchLists } from '../deadlines/watch-store.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { useSay } from '../session/words.ts'
import { QueuePanel } from './QueuePanel.tsx'
import classes from './queue.module.css'
import { SlipsPanel } from './SlipsPanel.tsx'
import { useSlipRows } from './slip-rows.ts'
import { WatchPanel } from './WatchPanel.tsx'

/** Ctrl+4: who waits and who answers, beside what will be late today and what else somebody must see to. */
export function BoardRoom() {
  const say = useSay()
  return (
    <div className={classes.board}>
      <section className={classes.side} aria-label={say('board.queue')}>
        <QueuePanel />
      </section>
      <section className={classes.side} aria-label={say('board.slips')}>
        <DeadlineSide />
      </section>
    </div>
  )
}

const lists = ['slips', ...watchIds] as const

function DeadlineSide() {
  const say = useSay()
  const [shown, show] = useState<'slips' | WatchId>('slips')
  const rows = useSlipRows()
  const watched = useWatchLists()
  useEffect(followWatch, [])
  const go = (step: number) => show(lists[(lists.indexOf(shown) + step + lists.length) % lists.length]!)
  useShortcut('board.nextList', () => go(1))
  useShortcut('board.previousList', () => go(-1))
  const countOf = (id: WatchId) => watched && watched[id].items.length + watched[id].more
  return (
    <>
      <nav className={classes.lists} aria-label={say('watch.lists')}>
        {lists.map((id) => (
          <ListKey
            key={id}
            label={say(`watch.${id}`)}
            count={id === 'slips' ? rows.all.length : (countOf(id) ?? undefined)}
            isHere={id === shown}
            onShow={() => show(id)}
          />
        ))}
      </nav>
      {shown === 'slips' ? (
        <SlipsPanel rows={rows} />
      ) : (
        <WatchPanel key={shown} id={shown} list={watched?.[shown] ?? null} />
      )}
    </>
  )
}
