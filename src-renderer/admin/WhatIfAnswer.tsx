import { Button, Table } from '@mantine/core'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { showCase } from '../console/room-store.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './calendar.module.css'
import { problemWords } from './problem-words.ts'

type Answer = BridgeOutput<'whatIf.run'>
type Outcome = Answer['differing'][number]['before']

/** How many would have been on time, and which cases make the difference. */
export function WhatIfAnswer({ answer }: { answer: Answer }) {
  const say = useSay()
  if (answer.problems.length > 0) {
    return answer.problems.map((problem) => (
      <Notice key={`${problem.path} ${problem.code}`} tone="late">
        {problemWords(say, problem.code, problem.params, problem.message)}
      </Notice>
    ))
  }
  return (
    <div className={classes.impact} role="status">
      <Notice tone="calm">{say('whatIf.nothingChanged')}</Notice>
      <Table
        className={classes.table ?? ''}
        maw={640}
        captionSide="top"
        aria-label={say('whatIf.answer', { count: answer.cases })}
      >
        <Table.Caption ta="left">{say('whatIf.answer', { count: answer.cases })}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th>{say('whatIf.onTime')}</Table.Th>
            <Table.Th>{say('whatIf.toHead')}</Table.Th>
            <Table.Th>{say('whatIf.late')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(['before', 'after'] as const).map((when) => (
            <Table.Tr key={when}>
              <Table.Th scope="row">{say(`whatIf.${when}`)}</Table.Th>
              <Table.Td>{answer[when].onTime}</Table.Td>
              <Table.Td>{answer[when].toHead}</Table.Td>
              <Table.Td>{answer[when].late}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {answer.differingTotal === 0 ? (
        <p className={classes.counts}>{say('whatIf.noneDiffer')}</p>
      ) : (
        <Differing answer={answer} />
      )}
    </div>
  )
}

function Differing({ answer }: { answer: Answer }) {
  const say = useSay()
  const mayOpen = useSession((session) => session.state?.account?.role !== 'admin')
  const words = ({ level, dueAt, isLate }: Outcome) =>
    [
      say(`whatIf.level.${level}`),
      dueAt === null ? say('impact.noDue') : instantWords(fromIso(dueAt)),
      isLate ? say('whatIf.isLate') : say('whatIf.isOnTime'),
    ].join(' · ')
  return (
    <>
      <p className={classes.counts}>
        {say(answer.differing.length < answer.differingTotal ? 'whatIf.differSome' : 'whatIf.differ', {
          count: answer.differingTotal,
          shown: answer.differing.length,
        })}
      </p>
      <Table className={classes.table ?? ''} aria-label={say('whatIf.differ', { count: answer.differingTotal })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('impact.code')}</Table.Th>
            <Table.Th>{say('whatIf.before')}</Table.Th>
            <Table.Th>{say('whatIf.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {answer.differing.map(({ caseId, code, before, after }) => (
            <Table.Tr key={caseId}>
              <Table.Td>
                {mayOpen ? (
                  <Button size="compact-xs" variant="subtle" onClick={() => showCase(caseId)}>
                    {code}
                  </Button>
                ) : (
                  code
                )}
              </Table.Td>
              <Table.Td>{words(before)}</Table.Td>
              <Table.Td>{words(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}
