import { useEffect } from 'react'
import type { CaseView as Saved } from '../../src-shared/bridge.ts'
import { useRooms } from '../console/room-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { CaseList } from './CaseList.tsx'
import { CasePanel } from './CasePanel.tsx'
import classes from './case-list.module.css'
import { followList, showView, useList } from './list-store.ts'

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

/** Ctrl+2: the list at the left, the case at the right. The office's room is the same with its own views. */
export function CasesRoom({ views = all }: { views?: readonly Saved[] }) {
  const say = useSay()
  const caseId = useRooms((state) => state.caseId)
  useEffect(() => {
    if (!views.includes(useList.getState().view)) showView(views[0]!)
  }, [views])
  useEffect(followList, [])
  return (
    <div className={classes.room}>
      <CaseList views={views} />
      {caseId === null ? <Empty>{say('case.choose')}</Empty> : <CasePanel key={caseId} caseId={caseId} />}
    </div>
  )
}

/** S4 Đ.9 k.4, k.6: what waits for the provincial office. */
const officeViews: readonly Saved[] = ['competence', 'late', 'due-soon', 'returned']

export function OfficeRoom() {
  return <CasesRoom views={officeViews} />
}
