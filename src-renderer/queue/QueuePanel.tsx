import { Table } from '@mantine/core'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { timeOfDay } from '../../src-shared/deadlines/spoken.ts'
import { spacedNumber } from '../callers/phone-state.ts'
import { elapsed } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import { Signal, type Tone } from '../ui/Signal.tsx'
import classes from './queue.module.css'
import { useQueue } from './queue-store.ts'
import { longestWait } from './waits.ts'

const toneOf: Record<string, Tone> = { talking: 'live', ready: 'live', ringing: 'accent', 'wrap-up': 'calm' }

export function QueuePanel() {
  const say = useSay()
  const now = useNow()
  const { snapshot, isLive } = useQueue()
  if (snapshot === null) return <Empty>{say('board.noQueue')}</Empty>
  const { waiting, agents, counters } = snapshot
  const age = Math.max(0, Math.floor((now - fromIso(snapshot.lastUpdate)) / 60_000))
  // While the link is down no wait grows on the screen: nobody knows whether the caller is still there.
  const at = isLive ? now : fromIso(snapshot.lastUpdate)
  return (
    <>
      {!isLive && (
        <Notice tone="soon">{say('board.stale', { at: timeOfDay(fromIso(snapshot.lastUpdate)), minutes: age })}</Notice>
      )}
      <div className={classes.numbers} data-stale={!isLive}>
        <Figure label={say('board.waiting')} value={String(waiting.length)} />
        <Figure label={say('board.longest')} value={longestWait(waiting, at)} />
        <Figure
          label={say('board.serviceLevel')}
          value={counters.serviceLevelPercent === null ? '–' : `${Math.round(counters.serviceLevelPercent)} %`}
        />
        <Figure label={say('board.answered')} value={`${counters.answered}/${counters.offered}`} />
        <Figure label={say('board.abandoned')} value={String(counters.abandoned)} />
      </div>
      <div data-stale={!isLive} className={classes.stale}>
        <Section title={say('board.waitingNow')}>
          {waiting.length === 0 ? (
            <Empty>{say('board.nobodyWaits')}</Empty>
          ) : (
            <Table className={classes.table ?? ''} aria-label={say('board.waitingNow')}>
              <Table.Tbody>
                {waiting.map((call) => (
                  <Table.Tr key={call.callId}>
                    <Table.Td w={40}>{call.position}</Table.Td>
                    <Table.Td>{spacedNumber(call.number)}</Table.Td>
                    <Table.Td>{call.offeredTo === null ? '' : say('board.offered', { to: call.offeredTo })}</Table.Td>
                    <Table.Td className={classes.right}>{elapsed(call.since, at)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Section>
        <Section title={say('board.agents', { count: agents.filter(({ state }) => state !== 'offline').length })}>
          <Table className={classes.table ?? ''} aria-label={say('board.agentsTable')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('board.agent')}</Table.Th>
                <Table.Th>{say('board.number')}</Table.Th>
                <Table.Th>{say('board.state')}</Table.Th>
                <Table.Th className={classes.right}>{say('board.since')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {agents.map((agent) => (
                <Table.Tr key={agent.id}>
                  <Table.Td>{agent.name}</Table.Td>
                  <Table.Td>{agent.number}</Table.Td>
                  <Table.Td>
                    <Signal tone={toneOf[agent.state] ?? 'quiet'}>
                      {sayCode(say, 'agentState', agent.state)}
                      {agent.pauseReason !== null && ` · ${sayCode(say, 'break', agent.pauseReason)}`}
                    </Signal>
                  </Table.Td>
                  <Table.Td className={classes.right}>{elapsed(agent.since, at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Section>
      </div>
    </>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.figure}>
      <span className={classes.figureValue}>{value}</span>
      <span className={classes.figureLabel}>{label}</span>
    </div>
  )
}
