import { useEffect } from 'react'
import type { CaseView as Saved } from '../../src-shared/bridge.ts'
import { useRooms } from '../console/room-store.ts'
import { type WatchId, watchIds } from '../deadlines/watch.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { CaseList } from './CaseList.tsx'
import { CasePanel } from './CasePanel.tsx'
import classes from './case-list.module.css'
import { followList, showView, showWatch, useList } from './list-store.ts'

const all: readonly Saved[] = [
  'open',
  'mine',
  'due-soon',
  'late',
  'to-tell',
  'to-publish',
  'returned',
  'competence',
  'all',
]

interface Props {
  views?: readonly Saved[]
  watches?: readonly WatchId[]
}

const noWatches: readonly WatchId[] = []

/** Ctrl+2: the list at the left, the case at the right. The office's room is the same with its own lists. */
export function CasesRoom({ views = all, watches = noWatches }: Props) {
  const say = useSay()
  const caseId = useRooms((state) => state.caseId)
  useEffect(() => {
    if (!views.includes(useList.getState().view)) showView(views[0]!)
  }, [views])
  useEffect(() => {
    const { watch } = useList.getState()
    if (watch !== null && !watches.includes(watch)) showWatch(null)
  }, [watches])
  useEffect(followList, [])
  return (
    <div className={classes.room}>
      <CaseList views={views} watches={watches} />
      {caseId === null ? <Empty>{say('case.choose')}</Empty> : <CasePanel key={caseId} caseId={caseId} />}
    </div>
  )
}

/** S4 Đ.9 k.4, k.6: what waits for the provincial office, and what it watches over (S2 k.1, k.2). */
const officeViews: readonly Saved[] = ['competence', 'late', 'due-soon', 'returned']

export function OfficeRoom() {
  return <CasesRoom views={officeViews} watches={watchIds} />
}
