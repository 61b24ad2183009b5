import { Button, Table } from '@mantine/core'
import { type RefObject, useEffect } from 'react'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { showCase } from '../console/room-store.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './calendar.module.css'
import { shiftWords } from './impact.ts'
import { forgetImpact, renewImpact, useImpact, writeEntries } from './impact-store.ts'
import { askedEntries } from './pending.ts'
import { usePending } from './pending-store.ts'
import { problemWords } from './problem-words.ts'

interface Props {
  calendarId: string
  /** The result's place, to which asking goes. */
  place: RefObject<HTMLDivElement | null>
}

/** Which open cases move from when to when, told before anything is written; and the writing itself (D14). */
export function ImpactPanel({ calendarId, place }: Props) {
  const say = useSay()
  const { asked, preview, isAsking, isWriting, failure, wasRenewed, written } = useImpact()
  const entries = usePending((state) => state.entries)
  const revision = useSession((session) => session.reference?.revision)
  const isConnected = useSession((session) => session.state?.link.kind === 'connected')
  const isOfThese = asked !== null && asked.key === askedEntries(entries, calendarId).key
  useEffect(() => {
    if (revision !== undefined) void renewImpact(revision)
  }, [revision])
  useEffect(() => {
    if (asked !== null && !isOfThese) forgetImpact()
  }, [asked, isOfThese])
  // The key that was pressed is gone with the preview; what came of it takes the focus.
  useEffect(() => {
    if (written !== null) place.current?.focus()
  }, [written, place])
  const shown = isOfThese ? preview : null
  const ofWhole = shown?.problems.filter(({ path }) => asked?.ownerOf(path) === null) ?? []
  return (
    <div ref={place} tabIndex={-1} className={classes.impact}>
      {written && (
        <Notice tone="live">
          {say('impact.written', {
            count: written.count,
            at: instantWords(fromIso(written.knownAt)),
            recounted: written.recounted,
          })}
        </Notice>
      )}
      {failure && <Notice tone="late">{failureWords(say, failure)}</Notice>}
      {isAsking && <Notice tone="calm">{say('impact.asking')}</Notice>}
      {shown && (
        <Section title={say('impact.title')}>
          {wasRenewed && <Notice tone="soon">{say('impact.renewed')}</Notice>}
          {shown.problems.length > 0 && (
            <Notice tone="late">{say('impact.problems', { count: shown.problems.length })}</Notice>
          )}
          {ofWhole.map((problem) => (
            <Notice key={`${problem.path} ${problem.code}`} tone="late">
              {problemWords(say, problem.code, problem.params, problem.message)}
            </Notice>
          ))}
          {shown.problems.length === 0 && (
            <>
              <p className={classes.counts}>
                {say(shown.moved.length === 0 ? 'impact.noneMoved' : 'impact.moved', {
                  open: shown.open,
                  moved: shown.moved.length,
                  stay: shown.open - shown.moved.length,
                })}
              </p>
              {shown.moved.length > 0 && <MovedCases moved={shown.moved} />}
              <div className={classes.write}>
                <Button loading={isWriting} disabled={!isConnected || isAsking} onClick={() => void writeEntries()}>
                  {say('impact.write')}
                </Button>
                <span className={classes.hint}>{say('impact.writeHint')}</span>
              </div>
            </>
          )}
        </Section>
      )}
    </div>
  )
}

function MovedCases({ moved }: { moved: NonNullable<ReturnType<typeof useImpact.getState>['preview']>['moved'] }) {
  const say = useSay()
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const mayOpen = useSession((session) => session.state?.account?.role !== 'admin')
  const due = (at: string | null) => (at === null ? say('impact.noDue') : instantWords(fromIso(at)))
  return (
    <Table className={classes.table ?? ''} aria-label={say('impact.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('impact.code')}</Table.Th>
          <Table.Th>{say('impact.agency')}</Table.Th>
          <Table.Th>{say('impact.level')}</Table.Th>
          <Table.Th>{say('impact.before')}</Table.Th>
          <Table.Th>{say('impact.after')}</Table.Th>
          <Table.Th>{say('impact.shift')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {moved.map((one) => (
          <Table.Tr key={one.caseId}>
            <Table.Td>
              {mayOpen ? (
                <Button size="compact-xs" variant="subtle" onClick={() => showCase(one.caseId)}>
                  {one.code}
                </Button>
              ) : (
                one.code
              )}
            </Table.Td>
            <Table.Td>{agencies?.find(({ id }) => id === one.agencyId)?.shortName ?? one.agencyId}</Table.Td>
            <Table.Td>{sayCode(say, 'impact.level', one.level)}</Table.Td>
            <Table.Td>{due(one.dueBefore)}</Table.Td>
            <Table.Td>{due(one.dueAfter)}</Table.Td>
            <Table.Td>{shiftWords(one, say)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
