import { useEffect } from 'react'
import type { CaseView } from '../../src-shared/bridge.ts'
import type { WatchId } from '../deadlines/watch.ts'
import { followWatch, useWatchLists } from '../deadlines/watch-store.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { useSay } from '../session/words.ts'
import classes from './case-list.module.css'
import { showView, showWatch, useList } from './list-store.ts'

interface Props {
  views: readonly CaseView[]
  watches: readonly WatchId[]
}

/** The saved views, and in the office's room the lists it watches; Ctrl+Shift with the arrows goes from one to the next. */
export function Lists({ views, watches }: Props) {
  const say = useSay()
  const { view, watch, counts } = useList()
  const steps = [
    ...views.map((id) => ({ isHere: watch === null && view === id, show: () => showView(id) })),
    ...watches.map((id) => ({ isHere: watch === id, show: () => showWatch(id) })),
  ]
  const go = (step: number) => {
    const at = steps.findIndex(({ isHere }) => isHere)
    steps[(at + step + steps.length) % steps.length]?.show()
  }
  useShortcut('watch.next', () => go(1))
  useShortcut('watch.previous', () => go(-1))
  return (
    <>
      <nav className={classes.views} aria-label={say('cases.views')}>
        {views.map((one) => (
          <ListKey
            key={one}
            label={say(`view.${one}`)}
            count={counts[one]}
            isHere={watch === null && one === view}
            onShow={() => showView(one)}
          />
        ))}
      </nav>
      {watches.length > 0 && <Watches watches={watches} />}
    </>
  )
}

function Watches({ watches }: { watches: readonly WatchId[] }) {
  const say = useSay()
  const watch = useList((list) => list.watch)
  const lists = useWatchLists()
  useEffect(followWatch, [])
  return (
    <nav className={classes.views} aria-label={say('watch.lists')}>
      {watches.map((one) => (
        <ListKey
          key={one}
          label={say(`watch.${one}`)}
          count={lists === null ? undefined : lists[one].items.length + lists[one].more}
          isHere={one === watch}
          onShow={() => showWatch(one)}
        />
      ))}
    </nav>
  )
}

interface KeyProps {
  label: string
  count: number | undefined
  isHere: boolean
  onShow: () => void
}

export function ListKey({ label, count, isHere, onShow }: KeyProps) {
  return (
    <button type="button" className={classes.view} aria-current={isHere ? 'true' : undefined} onClick={onShow}>
      {label}
      {count !== undefined && <span className={classes.count}>{count}</span>}
    </button>
  )
}
