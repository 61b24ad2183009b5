import { afterEach, beforeEach, expect, test } from 'vitest'
import { PracticeLine } from './practice-line.ts'
import { one } from './sip-phone.ts'

let line: PracticeLine
beforeEach(async () => {
  line = await PracticeLine.start({ dialogGraceSeconds: 60 })
})
afterEach(() => line.stop())

/** Lan talks with a citizen, and Lan's socket dies. */
async function cut() {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const talk = await line.talk(guest, lan)
  await line.cut(lan)
  return { guest, lan, ...talk }
}

test('the agent is still talking, and the call goes on over the new socket in the same dialog', async () => {
  const { guest, lan, agent, citizen } = await cut()
  expect(line.stateOf('101')).toBe('talking')
  citizen.send('INFO')
  await guest.nextStatus(480, 'INFO')

  const back = await line.connect('lan')
  back.contact = lan.contact
  await back.register()
  const again = agent.continuedBy(back)
  again.send('INVITE')
  const reInvite = await guest.nextRequest('INVITE')
  guest.respond(reInvite, 200)
  await back.nextStatus(200, 'INVITE')
  again.send('ACK', [], again.cseq)
  await guest.nextRequest('ACK')
  citizen.send('INFO')
  back.respond(await back.nextRequest('INFO'), 200)
  await guest.nextStatus(200, 'INFO')
  line.clock.advanceSeconds(120)
  expect(line.stateOf('101')).toBe('talking')
  citizen.send('BYE')
  back.respond(await back.nextRequest('BYE'), 200)
  await guest.nextStatus(200, 'BYE')
  expect(line.stateOf('101')).toBe('wrap-up')
})

test('a request from the citizen finds the new socket though the agent said nothing since', async () => {
  const { guest, lan, citizen } = await cut()
  const back = await line.connect('lan')
  back.contact = lan.contact
  await back.register()
  citizen.send('BYE')
  back.respond(await back.nextRequest('BYE'), 200)
  await guest.nextStatus(200, 'BYE')
})

test('a change of network: the new socket is there before the old one is known to be dead', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const { citizen } = await line.talk(guest, lan)
  const back = await line.connect('lan')
  back.contact = lan.contact
  await back.register()
  citizen.send('INFO')
  back.respond(await back.nextRequest('INFO'), 200)
  await guest.nextStatus(200, 'INFO')
  await line.cut(lan)
  line.clock.advanceSeconds(61)
  expect(line.stateOf('101')).toBe('talking')
})

test('a second telephone of the agent does not take over a call that is talked on the first', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const { citizen } = await line.talk(guest, lan)
  await line.phone('lan')
  citizen.send('INFO')
  lan.respond(await lan.nextRequest('INFO'), 200)
  await guest.nextStatus(200, 'INFO')
})

test('who does not come back within the grace has left: the citizen gets a BYE that fits the dialog', async () => {
  const { guest, agent } = await cut()
  line.clock.advanceSeconds(59)
  await guest.settle()
  expect(guest.untaken().filter((start) => start.startsWith('BYE'))).toEqual([])
  line.clock.advanceSeconds(1)
  const bye = await guest.nextRequest('BYE')
  guest.respond(bye, 200)
  expect(one(bye, 'From')).toBe(agent.local)
  expect(one(bye, 'CSeq')).toBe('1 BYE')
  expect(line.stateOf('101')).toBe('offline')
})

test('a telephone that was started anew does not know the call: the citizen is told, the agent is free', async () => {
  const { guest } = await cut()
  const anew = await line.connect('lan')
  anew.knowsCalls = false
  await anew.register()
  guest.respond(await guest.nextRequest('BYE'), 200)
  await line.until('lan writes the call up', () => line.stateOf('101') === 'wrap-up')
})

test('the citizen hangs up while the agent is away: answered by the line, and the call is over', async () => {
  const { guest, lan, agent, citizen } = await cut()
  citizen.send('BYE')
  await guest.nextStatus(200, 'BYE')
  expect(line.stateOf('101')).toBe('offline')
  const back = await line.connect('lan')
  back.contact = lan.contact
  await back.register()
  line.clock.advanceSeconds(33)
  agent.continuedBy(back).send('INVITE')
  await back.nextStatus(481, 'INVITE')
})

test('the citizen is cut off and does not return: the agent is freed', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  await line.talk(guest, lan)
  await line.cut(guest)
  line.clock.advanceSeconds(61)
  lan.respond(await lan.nextRequest('BYE'), 200)
  expect(line.stateOf('101')).toBe('wrap-up')
})
