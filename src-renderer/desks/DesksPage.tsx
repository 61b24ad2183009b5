import { useMemo, useState } from 'react'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { failureWords, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { DeskFile } from './DeskFile.tsx'
import { DesksTable } from './DesksTable.tsx'
import { useDesks } from './desk-list.ts'
import { inOrder } from './desk-words.ts'
import classes from './desks.module.css'

/** Quản trị › Bàn trực: every computer that works on the register, what it still owes, and the end of one that was lost. */
export function DesksPage({ mayOrder }: { mayOrder: boolean }) {
  const say = useSay()
  const now = useNow(60)
  const { desks: read, readAt, failure, reread } = useDesks()
  const [chosenId, choose] = useState<string | null>(null)
  const desks = useMemo(() => (read === null ? null : inOrder(read)), [read])
  const chosen = desks?.find(({ deskId }) => deskId === chosenId) ?? desks?.[0]
  return (
    <>
      {failure !== null && (
        <Notice tone="soon">
          {failure.code === 'offline' ? say('desks.noLink') : failureWords(say, failure)}
          {readAt !== null && ` ${say('desks.stale', { at: shortTime(readAt, now) })}`}
        </Notice>
      )}
      {desks === null && failure === null && <Empty>{say('case.reading')}</Empty>}
      {desks?.length === 0 && <Empty>{say('desks.none')}</Empty>}
      {desks && chosen && (
        <div className={classes.columns}>
          <div>
            <p className={classes.dim}>{say('desks.asMet')}</p>
            <DesksTable desks={desks} chosenId={chosen.deskId} onChoose={choose} />
          </div>
          <DeskFile key={chosen.deskId} desk={chosen} mayOrder={mayOrder} onChanged={reread} />
        </div>
      )}
    </>
  )
}
