import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SignedIn } from '../../src-shared/api/session.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { dateWords, timeOfDay } from '../../src-shared/deadlines/spoken.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import { useNow } from './now.ts'
import { SlipRow } from './SlipRow.tsx'
import { signOut } from './session.ts'
import { endOfNextWorkingDay, groupSlips, soonLate } from './slip-groups.ts'
import { readSlips, useSlips } from './slips.ts'
import { tell } from './words.ts'

const answeredAtFirst = 10

export function SlipList({ signedIn }: { signedIn: SignedIn }) {
  const { account } = signedIn
  const { rows, agencyName, isOffline, problem, readAt } = useSlips()
  const [answeredShown, setAnsweredShown] = useState(answeredAtFirst)
  const { toAnswer, answered } = groupSlips(rows ?? [])
  const list = (part: readonly CaseRow[]) => (
    <ul className={classes.list}>
      {part.map((row) => (
        <SlipRow key={row.caseId} row={row} agencyId={account.agencyId} />
      ))}
    </ul>
  )
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 className={classes.title}>{agencyName === '' ? tell('agency.title') : agencyName}</h1>
          <p className={classes.dim}>
            {tell('agency.signed-in-as', { name: account.name, role: tell(`role.${account.role}`) })}
          </p>
        </div>
        <Button variant="default" size="md" className={classes.leave ?? ''} onClick={signOut}>
          {tell('agency.sign-out')}
        </Button>
      </header>
      {isOffline && <Notice tone="soon">{tell('agency.offline')}</Notice>}
      {problem !== null && <Notice tone="late">{problem}</Notice>}
      {rows === null ? (
        !isOffline && problem === null && <Empty>{tell('agency.loading')}</Empty>
      ) : (
        <>
          {account.role === 'head' && <SoonLate rows={rows} agencyId={account.agencyId} />}
          <section aria-labelledby="to-answer">
            <h2 id="to-answer" className={classes.section}>
              {tell('agency.to-answer')}{' '}
              <span className={classes.dim}>{tell('agency.count', { count: toAnswer.length })}</span>
            </h2>
            {toAnswer.length === 0 ? <Empty>{tell('agency.none-to-answer')}</Empty> : list(toAnswer)}
          </section>
          <section aria-labelledby="answered">
            <h2 id="answered" className={classes.section}>
              {tell('agency.answered')}{' '}
              <span className={classes.dim}>{tell('agency.count', { count: answered.length })}</span>
            </h2>
            {answered.length === 0 ? (
              <Empty>{tell('agency.none-answered')}</Empty>
            ) : (
              list(answered.slice(0, answeredShown))
            )}
            {answered.length > answeredShown && (
              <Button variant="default" size="lg" fullWidth onClick={() => setAnsweredShown(answeredShown + 30)}>
                {tell('agency.more', { count: Math.min(30, answered.length - answeredShown) })}
              </Button>
            )}
          </section>
          <p className={classes.asOf}>
            {readAt !== null && <span>{tell('agency.as-of', { time: timeOfDay(readAt) })}</span>}
            <Button variant="subtle" size="md" onClick={() => void readSlips()}>
              {tell('agency.refresh')}
            </Button>
          </p>
        </>
      )}
    </main>
  )
}

/** The head's own page: what becomes late under that name by the end of the next working day. */
function SoonLate({ rows, agencyId }: { rows: readonly CaseRow[]; agencyId: string | undefined }) {
  const now = useNow()
  const book = useSlips((slips) => slips.book)
  const calendarId = rows.find((row) => row.agencyId === agencyId && row.clock !== null)?.clock?.calendarId
  if (book === null || calendarId === undefined || !book.ids.includes(calendarId)) return null
  const untilAt = endOfNextWorkingDay(now, book.workingTime(calendarId))
  const soon = soonLate(rows, now, untilAt)
  const day = dateWords(untilAt)
  return (
    <section aria-labelledby="soon-late" className={classes.soonLate}>
      <h2 id="soon-late" className={classes.section}>
        {tell('agency.soon-late')} <span className={classes.dim}>{tell('agency.count', { count: soon.length })}</span>
      </h2>
      {soon.length === 0 ? (
        <p className={classes.plain}>{tell('agency.none-soon-late', { day })}</p>
      ) : (
        <>
          <p className={classes.plain}>{tell('agency.soon-late-hint', { day })}</p>
          <ul className={classes.list}>
            {soon.map((row) => (
              <SlipRow key={row.caseId} row={row} agencyId={agencyId} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
