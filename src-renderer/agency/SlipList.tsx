import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AgencyRow } from '../../src-shared/api/agency.ts'
import type { SignedIn } from '../../src-shared/api/session.ts'
import { dateWords, timeOfDay } from '../../src-shared/deadlines/spoken.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import { useNow } from './now.ts'
import { OpinionRow, SlipRow } from './SlipRow.tsx'
import { signOut } from './session.ts'
import { endOfNextWorkingDay, groupForHead, groupOpinions, groupSlips, type OpinionLine } from './slip-groups.ts'
import { readSlips, useSlips } from './slips.ts'
import { tell } from './words.ts'

export function SlipList({ signedIn }: { signedIn: SignedIn }) {
  const { account } = signedIn
  const { rows, agencyName, isOffline, problem, readAt, said } = useSlips()
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
      {said !== null && <Notice tone="live">{tell(said)}</Notice>}
      {rows === null ? (
        !isOffline && problem === null && <Empty>{tell('agency.loading')}</Empty>
      ) : (
        <>
          <Groups rows={rows} agencyId={account.agencyId} isForHead={account.role === 'head'} />
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

interface GroupsProps {
  rows: readonly AgencyRow[]
  agencyId: string | undefined
  isForHead: boolean
}

/** Everything once, the most pressing first; the head sees apart what is or will be late under that name. */
function Groups({ rows, agencyId, isForHead }: GroupsProps) {
  const now = useNow()
  const untilAt = useHorizon(rows, agencyId, now)
  const [answeredShown, setAnsweredShown] = useState(10)
  const { toAnswer, answered } = groupSlips(rows, agencyId)
  const { late, soon, rest } = isForHead ? groupForHead(toAnswer, now, untilAt) : { late: [], soon: [], rest: toAnswer }
  const opinions = groupOpinions(rows, agencyId, now)
  const slips = (part: readonly AgencyRow[]) => (
    <ul className={classes.list}>
      {part.map((row) => (
        <SlipRow key={row.caseId} row={row} isForHead={isForHead} />
      ))}
    </ul>
  )
  const lines = (part: readonly OpinionLine[]) => (
    <ul className={classes.list}>
      {part.map((line) => (
        <OpinionRow key={line.opinion.consultId} line={line} agencyId={agencyId} />
      ))}
    </ul>
  )
  const slipCount = (count: number) => tell('agency.count', { count })
  const opinionCount = (count: number) => tell('agency.opinion-count', { count })
  const day = untilAt === null ? '' : dateWords(untilAt)
  return (
    <>
      {late.length > 0 && (
        <Group id="late-now" title={tell('agency.late-now')} count={slipCount(late.length)} tone="late">
          {slips(late)}
        </Group>
      )}
      {isForHead && untilAt !== null && (
        <Group
          id="soon-late"
          title={tell('agency.soon-late')}
          count={slipCount(soon.length)}
          {...(soon.length > 0 ? { tone: 'soon' as const } : {})}
        >
          <p className={classes.plain}>
            {tell(soon.length === 0 ? 'agency.none-soon-late' : 'agency.soon-late-hint', { day })}
          </p>
          {soon.length > 0 && slips(soon)}
        </Group>
      )}
      {opinions.late.length > 0 && (
        <Group
          id="late-opinions"
          title={tell('agency.opinions-late')}
          count={opinionCount(opinions.late.length)}
          tone="late"
        >
          <p className={classes.plain}>{tell('agency.opinions-late-hint')}</p>
          {lines(opinions.late)}
        </Group>
      )}
      {(rest.length > 0 || toAnswer.length === 0) && (
        <Group id="to-answer" title={tell('agency.to-answer')} count={slipCount(rest.length)}>
          {rest.length === 0 ? <Empty>{tell('agency.none-to-answer')}</Empty> : slips(rest)}
        </Group>
      )}
      {opinions.owed.length > 0 && (
        <Group id="owed-opinions" title={tell('agency.opinions-owed')} count={opinionCount(opinions.owed.length)}>
          {lines(opinions.owed)}
        </Group>
      )}
      <Group id="answered" title={tell('agency.answered')} count={slipCount(answered.length)}>
        {answered.length === 0 ? (
          <Empty>{tell('agency.none-answered')}</Empty>
        ) : (
          slips(answered.slice(0, answeredShown))
        )}
        {answered.length > answeredShown && (
          <Button variant="default" size="lg" fullWidth onClick={() => setAnsweredShown(answeredShown + 30)}>
            {tell('agency.more', { count: Math.min(30, answered.length - answeredShown) })}
          </Button>
        )}
      </Group>
    </>
  )
}

interface GroupProps {
  id: string
  title: string
  count: string
  tone?: 'late' | 'soon'
  children: ReactNode
}

function Group({ id, title, count, tone, children }: GroupProps) {
  return (
    <section aria-labelledby={id} {...(tone === undefined ? {} : { className: classes.pressing, 'data-tone': tone })}>
      <h2 id={id} className={classes.section}>
        {title} <span className={classes.dim}>{count}</span>
      </h2>
      {children}
    </section>
  )
}

/** To the end of the agency's next working day; null until its calendar is known. */
function useHorizon(rows: readonly AgencyRow[], agencyId: string | undefined, now: number): number | null {
  const book = useSlips((slips) => slips.book)
  const calendarId = rows.find((row) => row.agencyId === agencyId && row.clock !== null)?.clock?.calendarId
  if (book === null || calendarId === undefined || !book.ids.includes(calendarId)) return null
  return endOfNextWorkingDay(now, book.workingTime(calendarId))
}
