import { afterEach, beforeEach, expect, test } from 'vitest'
import { DOMAIN, PracticeLine } from './practice-line.ts'
import { one, type SipPhone, Talk, tagIn } from './sip-phone.ts'

let line: PracticeLine
beforeEach(async () => {
  line = await PracticeLine.start()
})
afterEach(() => line.stop())

const kinds = () => line.changes.map(({ event }) => event.kind)
const ringing = async (agent: SipPhone) => {
  const invite = await agent.nextRequest('INVITE')
  agent.respond(invite, 180, { tag: 'agent' })
  return invite
}

test('callers wait in the order in which they came and hear their place, with Contact and To-tag', async () => {
  const [first, second] = [await line.phone('khach-1'), await line.phone('khach-2')]
  const placed = first.call('1022')
  const heardFirst = await first.nextStatus(182, 'INVITE')
  line.clock.advanceSeconds(5)
  second.call('1022')
  const heardSecond = await second.nextStatus(182, 'INVITE')
  expect([one(heardFirst, 'X-Queue-Position'), one(heardSecond, 'X-Queue-Position')]).toEqual(['1', '2'])
  expect(one(heardSecond, 'Contact')).toBe(`<sip:1022@${DOMAIN};transport=ws>`)
  expect(tagIn(one(heardSecond, 'To'))).not.toBe('')
  expect(line.snapshot().waiting).toMatchObject([
    { number: '0912345678', displayName: 'Ông "Bảy" Sơn', since: '2026-09-03T02:00:00.000Z', position: 1 },
    { number: '0987654321', since: '2026-09-03T02:00:05.000Z', position: 2, offeredTo: null },
  ])

  first.cancel(placed)
  first.ackFailure(placed, await first.nextStatus(487, 'INVITE'))
  const moved = await second.nextStatus(182, 'INVITE')
  expect(one(moved, 'X-Queue-Position')).toBe('1')
  expect(tagIn(one(moved, 'To'))).toBe(tagIn(one(heardSecond, 'To')))
  expect(line.snapshot()).toMatchObject({
    waiting: [{ number: '0987654321', position: 1 }],
    counters: { offered: 2, abandoned: 1, answered: 0, longestWaitSeconds: 5 },
  })
})

test('the longest waiting goes to the first who becomes free', async () => {
  const [first, second] = [await line.phone('khach-1'), await line.phone('khach-2')]
  first.call('1022')
  await first.nextStatus(182, 'INVITE')
  second.call('1022')
  await second.nextStatus(182, 'INVITE')
  const lan = await line.phone('lan')
  const invite = await ringing(lan)
  expect(one(invite, 'P-Asserted-Identity')).toContain('0912345678')
  expect(one(invite, 'X-Call-Id')).toBe(line.snapshot().waiting[0]?.callId)
  await first.nextStatus(180, 'INVITE')
  expect(line.snapshot().agents).toMatchObject([
    { id: 'a-101', name: 'Nguyễn Thị Lan', state: 'ringing', callId: line.snapshot().waiting[0]?.callId },
  ])
  expect(line.snapshot().waiting.map(({ offeredTo }) => offeredTo)).toEqual(['a-101', null])
})

test('the agent who has been idle longest is offered first', async () => {
  const [lan, minh, guest] = [await line.phone('lan'), await line.phone('minh'), await line.phone('khach-1')]
  line.clock.advanceSeconds(10)
  const { citizen } = await line.talk(guest, lan)
  citizen.send('BYE')
  lan.respond(await lan.nextRequest('BYE'), 200)
  line.switchboard.setAgentState({ agentId: 'a-101', state: 'ready' })
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['ready', 'ready'])
  guest.call('1022')
  await ringing(minh)
  expect(line.stateOf('101')).toBe('ready')
})

test('two callers and two agents: each call rings at one agent only', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const [first, second] = [await line.phone('khach-1'), await line.phone('khach-2')]
  first.call('1022')
  const atLan = await ringing(lan)
  second.call('1022')
  const atMinh = await ringing(minh)
  expect(one(atLan, 'X-Call-Id')).not.toBe(one(atMinh, 'X-Call-Id'))
  await Promise.all([lan.settle(), minh.settle()])
  expect([...lan.untaken(), ...minh.untaken()]).toEqual([])
})

test('no answer: the offer is taken back, the agent set aside by name until back, the next is rung', async () => {
  const [lan, guest] = [await line.phone('lan'), await line.phone('khach-1')]
  line.clock.advanceSeconds(1)
  const minh = await line.phone('minh')
  guest.call('1022')
  const invite = await ringing(lan)
  await lan.settle()
  line.clock.advanceSeconds(20)
  lan.respond(await lan.nextRequest('CANCEL'), 200)
  lan.respond(invite, 487, { tag: 'agent' })
  await lan.nextRequest('ACK')
  await ringing(minh)
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['break:no-answer', 'ringing'])
  line.switchboard.setAgentState({ agentId: 'a-101', state: 'ready' })
  expect(line.stateOf('101')).toBe('ready')
  expect(line.snapshot().waiting).toHaveLength(1)
})

test('declined: set aside for ten seconds, then offered again when nobody else is there', async () => {
  const [lan, guest] = [await line.phone('lan'), await line.phone('khach-1')]
  guest.call('1022')
  lan.respond(await ringing(lan), 486, { tag: 'agent' })
  await lan.nextRequest('ACK')
  await line.until('lan is set aside', () => line.stateOf('101') === 'break:declined')
  expect(line.snapshot().agents[0]?.until).toBe('2026-09-03T02:00:10.000Z')
  line.clock.advanceSeconds(10)
  await ringing(lan)
  expect(kinds().filter((kind) => kind.startsWith('call.'))).toEqual([
    'call.waiting',
    'call.offered',
    'call.returned',
    'call.offered',
  ])
})

test('a telephone whose socket dies while it rings is left for the next agent', async () => {
  const [lan, guest] = [await line.phone('lan'), await line.phone('khach-1')]
  line.clock.advanceSeconds(1)
  const minh = await line.phone('minh')
  guest.call('1022')
  await ringing(lan)
  lan.drop()
  await ringing(minh)
  expect(line.stateOf('101')).toMatch(/^offline/)
})

test('answered: the talk begins, the wait is counted, nobody else is offered', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  guest.call('1022')
  const invite = await ringing(lan)
  line.clock.advanceSeconds(7)
  lan.respond(invite, 200, { tag: 'agent' })
  const ok = await guest.nextStatus(200, 'INVITE')
  expect(one(ok, 'X-Call-Id')).toBe(one(invite, 'X-Call-Id'))
  const { waiting, agents, counters } = line.snapshot()
  expect(waiting).toEqual([])
  expect(agents).toMatchObject([{ state: 'talking', callId: one(invite, 'X-Call-Id') }])
  expect(counters).toMatchObject({
    offered: 1,
    answered: 1,
    answeredWithin20s: 1,
    serviceLevelPercent: 100,
    averageAnswerSeconds: 7,
  })
})

test('an agent who talks is never ready, whatever is asked; the wish is kept for afterwards', async () => {
  const [guest, lan, second] = [await line.phone('khach-1'), await line.phone('lan'), await line.phone('khach-2')]
  const { agent } = await line.talk(guest, lan)
  line.switchboard.setAgentState({ agentId: 'a-101', state: 'ready' })
  expect(line.stateOf('101')).toBe('talking')
  second.call('1022')
  await second.nextStatus(182, 'INVITE')
  line.switchboard.setAgentState({ agentId: 'a-101', state: 'break', reason: 'ăn trưa' })
  expect(line.snapshot().agents[0]).toMatchObject({ state: 'talking', pauseReason: 'ăn trưa' })
  agent.send('BYE')
  guest.respond(await guest.nextRequest('BYE'), 200)
  await lan.nextStatus(200, 'BYE')
  expect(line.stateOf('101')).toBe('wrap-up:ăn trưa')
  line.clock.advanceSeconds(30)
  expect(line.stateOf('101')).toBe('break:ăn trưa')
  expect(line.snapshot().waiting).toHaveLength(1)
})

test('after the call there is time to write it up: 30 s, or until ready is said', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  for (const early of [false, true]) {
    const { citizen } = await line.talk(guest, lan)
    citizen.send('BYE')
    lan.respond(await lan.nextRequest('BYE'), 200)
    await guest.nextStatus(200, 'BYE')
    const waiting = guest.call('1022')
    await guest.nextStatus(182, 'INVITE')
    expect(line.stateOf('101')).toBe('wrap-up')
    if (early) line.switchboard.setAgentState({ agentId: 'a-101', state: 'ready' })
    else {
      line.clock.advanceSeconds(29)
      expect(line.stateOf('101')).toBe('wrap-up')
      line.clock.advanceSeconds(1)
    }
    const invite = await ringing(lan)
    guest.cancel(waiting)
    lan.respond(await lan.nextRequest('CANCEL'), 200)
    lan.respond(invite, 487, { tag: 'agent' })
    await lan.nextRequest('ACK')
    guest.ackFailure(waiting, await guest.nextStatus(487, 'INVITE'))
    expect(line.stateOf('101')).toBe('ready')
  }
  expect(line.snapshot().counters).toMatchObject({ offered: 4, answered: 2, abandoned: 2 })
})

test('the caller gives up while an agent is rung: abandoned, and an answer that crosses is hung up by the line', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const placed = guest.call('1022')
  const invite = await ringing(lan)
  await lan.settle()
  guest.cancel(placed)
  await guest.nextStatus(200, 'CANCEL')
  guest.ackFailure(placed, await guest.nextStatus(487, 'INVITE'))
  await lan.nextRequest('CANCEL')
  lan.respond(invite, 200, { tag: 'agent' })
  const ack = await lan.nextRequest('ACK')
  const bye = await lan.nextRequest('BYE')
  expect([tagIn(one(ack, 'To')), tagIn(one(bye, 'To'))]).toEqual(['agent', 'agent'])
  expect(bye.uri).toBe(lan.contact)
  lan.respond(bye, 200)
  expect(line.snapshot()).toMatchObject({ waiting: [], counters: { offered: 1, answered: 0, abandoned: 1 } })
  expect(line.stateOf('101')).toBe('ready')
})

test('an answer that crosses the end of the offer still wins while the caller waits; the second agent is let go', async () => {
  const [lan, guest] = [await line.phone('lan'), await line.phone('khach-1')]
  line.clock.advanceSeconds(1)
  const minh = await line.phone('minh')
  const placed = guest.call('1022')
  const invite = await ringing(lan)
  await lan.settle()
  line.clock.advanceSeconds(20)
  await lan.nextRequest('CANCEL')
  const atMinh = await ringing(minh)
  await minh.settle()
  lan.respond(invite, 200, { tag: 'agent' })
  const ok = await guest.nextStatus(200, 'INVITE')
  Talk.asCaller(guest, placed, ok)
  await lan.nextRequest('ACK')
  minh.respond(await minh.nextRequest('CANCEL'), 200)
  minh.respond(atMinh, 487, { tag: 'agent' })
  await minh.nextRequest('ACK')
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['talking', 'ready'])
  expect(line.snapshot().counters).toMatchObject({ offered: 1, answered: 1, answeredWithin20s: 1 })
})

test('a caller whose socket dies while waiting has abandoned, and the telephone that rang for it stops', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  guest.call('1022')
  await ringing(lan)
  await lan.settle()
  guest.drop()
  await lan.nextRequest('CANCEL')
  expect(line.snapshot()).toMatchObject({ waiting: [], counters: { abandoned: 1 } })
  expect(line.stateOf('101')).toBe('ready')
})

test('a full line turns the next away, and says so on the board', async () => {
  await line.stop()
  line = await PracticeLine.start({ maxWaiting: 1 })
  const [first, second] = [await line.phone('khach-1'), await line.phone('khach-2')]
  first.call('1022')
  await first.nextStatus(182, 'INVITE')
  const refused = second.call('1022')
  second.ackFailure(refused, await second.nextStatus(486, 'INVITE'))
  expect(line.snapshot().counters).toMatchObject({ offered: 1, turnedAway: 1 })
})

test('the caller hears each minute that the call still waits', async () => {
  const guest = await line.phone('khach-1')
  guest.call('1022')
  await guest.nextStatus(182, 'INVITE')
  line.clock.advanceSeconds(60)
  await guest.nextStatus(182, 'INVITE')
})

test('an agent who calls the queue is busy with it and is not offered the own call', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const placed = lan.call('1022')
  await ringing(minh)
  expect(line.stateOf('101')).toBe('talking')
  lan.cancel(placed)
  lan.ackFailure(placed, await lan.nextStatus(487, 'INVITE'))
  expect(line.stateOf('101')).toBe('ready')
})

test('changes are numbered without gaps, and a snapshot says which of them it contains', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const { citizen, callId } = await line.talk(guest, lan)
  const middle = line.snapshot().seq
  citizen.send('BYE')
  lan.respond(await lan.nextRequest('BYE'), 200)
  await guest.nextStatus(200, 'BYE')
  expect(line.changes.map(({ seq }) => seq)).toEqual(line.changes.map((_, at) => at + 1))
  expect(line.changes.slice(middle).map(({ event }) => event)).toMatchObject([
    { kind: 'agent.changed', agent: { id: 'a-101', state: 'wrap-up' } },
    { kind: 'call.ended', callId, agentId: 'a-101' },
  ])
  expect(line.snapshot().seq).toBe(line.changes.at(-1)?.seq)
  expect(kinds()).toEqual([
    'agent.changed',
    'call.waiting',
    'agent.changed',
    'call.offered',
    'agent.changed',
    'call.answered',
    'agent.changed',
    'call.ended',
  ])
})
