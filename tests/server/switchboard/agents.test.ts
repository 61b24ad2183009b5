import { expect, test } from 'vitest'
import { Agents } from '../../../sync-server/src/switchboard/agents.ts'
import { HandClock } from './hand-clock.ts'

const LAN = {
  username: 'lan',
  kind: 'agent',
  number: '101',
  displayName: 'Lan',
  agentId: 'a1',
  beginsOnBreak: null,
} as const

function oneAgent(firstState: 'ready' | 'break' = 'ready') {
  const clock = new HandClock('2026-09-03T09:00:00+07:00')
  const agents = new Agents(clock, { firstState, wrapUpSeconds: 30 }, () => {})
  agents.registration(LAN, true)
  const state = () => [agents.list()[0]?.state, agents.list()[0]?.pauseReason].filter(Boolean).join(':')
  return { clock, agents, state }
}

test('a call transferred to an agent who is set aside: wrap-up after it, and the pause still ends in its time', () => {
  const { clock, agents, state } = oneAgent()
  agents.setAside('a1', 'declined', 40)
  agents.engage('a1', 'k', { kind: 'talking', callId: 'c' })
  agents.release('a1', 'k', true)
  expect(state()).toBe('wrap-up:declined')
  clock.advanceSeconds(30)
  expect(state()).toBe('break:declined')
  clock.advanceSeconds(10)
  expect(state()).toBe('ready')
})

test('the end of a pause set by the line does not end a break that the agent asked for meanwhile', () => {
  const { clock, agents, state } = oneAgent()
  agents.setAside('a1', 'no-answer', 10)
  agents.want('a1', 'break', 'họp')
  clock.advanceSeconds(11)
  expect(state()).toBe('break:họp')
  agents.takeBack('a1')
  expect(state()).toBe('break:họp')
})

test('with two calls the agent talks until the last has ended, and then writes up once', () => {
  const { agents, state } = oneAgent()
  agents.engage('a1', 'one', { kind: 'talking', callId: 'c1' })
  agents.engage('a1', 'two', { kind: 'ringing', callId: 'c2' })
  expect(agents.list()[0]).toMatchObject({ state: 'talking', callId: 'c1' })
  agents.engage('a1', 'two', { kind: 'talking', callId: 'c2' })
  agents.release('a1', 'one', true)
  expect(agents.list()[0]).toMatchObject({ state: 'talking', callId: 'c2' })
  agents.release('a1', 'two', true)
  expect(state()).toBe('wrap-up')
})

test('the citizen is gone and the question to a colleague goes on: the time to write up comes after both', () => {
  const { agents, state } = oneAgent()
  agents.engage('a1', 'citizen', { kind: 'talking', callId: 'c1' })
  agents.engage('a1', 'colleague', { kind: 'talking', callId: 'c2' })
  agents.release('a1', 'citizen', true)
  expect(state()).toBe('talking')
  agents.release('a1', 'colleague', false)
  expect(state()).toBe('wrap-up')
})

test('a break outlives a restart of the telephone', () => {
  const { agents, state } = oneAgent()
  agents.want('a1', 'break', 'ăn trưa')
  agents.registration(LAN, false)
  expect(agents.list()[0]?.state).toBe('offline')
  agents.registration(LAN, true)
  expect(state()).toBe('break:ăn trưa')
})

test('where the site says so, an agent who signs in begins on break', () => {
  const { agents, state } = oneAgent('break')
  expect(state()).toBe('break:signed-in')
  expect(agents.longestIdle()).toBeNull()
  agents.want('a1', 'ready', null)
  expect(agents.longestIdle()).toEqual({ agentId: 'a1', username: 'lan' })
})

test('whoever begins on a break is offered nothing until they say they are ready, and stays ready through a reconnection', () => {
  const { agents, state } = oneAgent()
  agents.want('a1', 'break', 'họp')
  agents.registration({ ...LAN, agentId: 'supervisor', beginsOnBreak: 'supervising' }, true)
  expect(agents.longestIdle()).toBeNull()
  agents.want('supervisor', 'ready', null)
  expect(agents.longestIdle()?.agentId).toBe('supervisor')
  agents.registration({ ...LAN, agentId: 'supervisor', beginsOnBreak: 'supervising' }, false)
  agents.registration({ ...LAN, agentId: 'supervisor', beginsOnBreak: 'supervising' }, true)
  expect(agents.longestIdle()?.agentId).toBe('supervisor')
  expect(state()).toBe('break:họp')
})
