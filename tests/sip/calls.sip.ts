import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Line, PhoneSnapshot } from '../../src-renderer/phone/phone.ts'
import { type Desk, type Lab, startLab } from './lab.ts'
import { envelopeOf, likeness, missingTool, settlingMs, speak } from './speech.ts'

const missing = missingTool()
test.skip(missing !== null, `no calls can be made here: ${missing}`)

let directory: string
let lab: Lab
let agent: Desk
let second: Desk
let citizen: Desk
const wav = { citizen: '', agent: '', stranger: '' }

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sip-lab-'))
  for (const who of ['citizen', 'agent', 'stranger'] as const) wav[who] = speak(directory, who)
  lab = await startLab(directory)
  agent = await lab.openPhone(wav.agent)
  second = await lab.openPhone(wav.stranger)
  citizen = await lab.openPhone(wav.citizen)
  await Promise.all([agent.register('a1'), second.register('a2'), citizen.register('c1')])
  await Promise.all([agent, second, citizen].map((desk) => desk.until(isRegistered)))
})

test.afterAll(async () => {
  await lab?.close()
  if (directory) rmSync(directory, { recursive: true, force: true })
})

const isRegistered = (phone: PhoneSnapshot) => phone.registration.state === 'registered'
const has = (state: Line['state'], over: Partial<Line> = {}) =>
  Object.assign(
    (phone: PhoneSnapshot) =>
      phone.lines.some(
        (line) =>
          line.state === state && Object.entries(over).every(([key, value]) => line[key as keyof Line] === value),
      ),
    { toString: () => `a line is ${state} ${JSON.stringify(over)}` },
  )
const allEnded = (phone: PhoneSnapshot) => phone.lines.every((line) => line.state === 'ended')
const idOf = (phone: PhoneSnapshot, state: Line['state']) => {
  const line = phone.lines.find((one) => one.state === state)
  if (!line) throw new Error(`No line is ${state}.`)
  return line.id
}

/** Hangs up whatever is left, and waits until the queue would offer the agents the next call. */
const settle = async () => {
  for (const desk of [agent, second, citizen]) {
    for (const line of await desk.lines()) {
      if (line.state !== 'ended') await desk.run({ name: 'hangUp', lineId: line.id })
    }
  }
  for (const desk of [agent, second, citizen]) await desk.until(allEnded)
  const { agents } = lab.switchboard.source.snapshot()
  for (const { id, state } of agents) {
    if (state !== 'offline') lab.switchboard.setAgentState({ agentId: id, state: id === 'agent-1' ? 'ready' : 'break' })
  }
  await expect
    .poll(() => lab.switchboard.source.snapshot().agents.find((one) => one.id === 'agent-1')?.state)
    .toBe('ready')
}

/** The last spoken syllable is still on its way when the microphone closes; after it, nothing at all may come. */
const fallsSilent = async (desk: Desk) => {
  await expect.poll(() => desk.heardDb(300)).toBeLessThan(-60)
  expect(await desk.heardDb()).toBeLessThan(-60)
}

/** The citizen calls the queue and the first agent answers. */
const talk = async () => {
  await settle()
  const dialled = await citizen.run({ name: 'dial', number: '1022' })
  if (!dialled.ok) throw new Error(dialled.why)
  const lineId = idOf(await agent.until(has('ringing')), 'ringing')
  expect(await agent.run({ name: 'answer', lineId })).toMatchObject({ ok: true })
  await agent.until(has('talking', { media: 'flowing' }))
  const theirs = idOf(await citizen.until(has('talking', { media: 'flowing' })), 'talking')
  return { lineId, theirs }
}

test('a wrong password says so, and the right one registers', async () => {
  await settle()
  await second.register('a2', { password: 'sai' })
  const failed = await second.until((phone) => phone.registration.state === 'failed')
  expect(failed.registration).toMatchObject({ why: 'wrong-password', retryAt: null })
  await second.register('a2')
  await second.until(isRegistered)
})

test('a call through the queue is heard on both sides and says who calls', async () => {
  const { lineId } = await talk()
  const line = (await agent.lines()).find((one) => one.id === lineId)
  expect(line).toMatchObject({ direction: 'in', number: '0912000001' })
  expect(line?.queueCallId).toBe((await citizen.line())?.queueCallId)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  await agent.until((phone) => (phone.lines.find((one) => one.id === lineId)?.quality?.mos ?? 0) > 4)
})

test('hold silences our microphone there and theirs here, resume brings both back', async () => {
  const { lineId } = await talk()
  expect(await agent.run({ name: 'hold', lineId })).toMatchObject({ ok: true })
  await citizen.until(has('talking', { isHeldThere: true }))
  await fallsSilent(citizen)
  expect(await agent.run({ name: 'resume', lineId })).toMatchObject({ ok: true })
  await citizen.until(has('talking', { isHeldThere: false }))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
})

test('mute silences only our side', async () => {
  const { lineId } = await talk()
  await agent.run({ name: 'mute', lineId })
  await agent.until(has('talking', { isMuted: true }))
  await fallsSilent(citizen)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
  await agent.run({ name: 'unmute', lineId })
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
})

test('both hold in the same moment and resume in the same moment, and both are heard again', async () => {
  const { lineId, theirs } = await talk()
  const both = (name: 'hold' | 'resume') =>
    Promise.all([agent.run({ name, lineId }), citizen.run({ name, lineId: theirs })])
  expect(await both('hold')).toMatchObject([{ ok: true }, { ok: true }])
  await fallsSilent(citizen)
  await fallsSilent(agent)
  expect(await both('resume')).toMatchObject([{ ok: true }, { ok: true }])
  await Promise.all([agent, citizen].map((desk) => desk.until(has('talking', { isHeldThere: false }))))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
})

test('a muted line that is held and resumed is still muted', async () => {
  const { lineId } = await talk()
  await agent.run({ name: 'mute', lineId })
  await agent.run({ name: 'hold', lineId })
  await agent.run({ name: 'resume', lineId })
  await agent.until(has('talking', { isMuted: true }))
  await fallsSilent(citizen)
})

test('digits are sent as RFC 4733 events without harming the call', async () => {
  const { lineId } = await talk()
  const before = await agent.packets()
  expect(await agent.run({ name: 'sendDtmf', lineId, tones: '159#' })).toMatchObject({ ok: true })
  await expect
    .poll(() =>
      agent.page.evaluate(() => {
        const [sender] = window.harness.livePeer().getSenders()
        return { left: sender?.dtmf?.toneBuffer, can: sender?.dtmf?.canInsertDTMF }
      }),
    )
    .toEqual({ left: '', can: true })
  expect((await agent.packets()).sent).toBeGreaterThan(before.sent)
  await agent.until(has('talking', { media: 'flowing' }))
})

test('declined: the caller waits on and the next agent gets the call', async () => {
  await settle()
  lab.switchboard.setAgentState({ agentId: 'agent-2', state: 'ready' })
  await citizen.run({ name: 'dial', number: '1022' })
  // Whoever was idle longest is offered first.
  const offered = await Promise.any([
    agent.until(has('ringing'), 15_000).then(() => agent),
    second.until(has('ringing'), 15_000).then(() => second),
  ])
  const other = offered === agent ? second : agent
  const lineId = idOf(await offered.snapshot(), 'ringing')
  await offered.run({ name: 'decline', lineId })
  await offered.until(has('ended', { id: lineId, endReason: 'declined-here' }))
  const next = idOf(await other.until(has('ringing')), 'ringing')
  expect(await other.run({ name: 'answer', lineId: next })).toMatchObject({ ok: true })
  await citizen.until(has('talking', { media: 'flowing' }))
})

test('after the other side hung up the next call is answered as well', async () => {
  const first = await talk()
  await citizen.run({ name: 'hangUp', lineId: first.theirs })
  await agent.until(has('ended', { id: first.lineId, endReason: 'hung-up-there' }))
  await talk()
  expect(await agent.heardDb()).toBeGreaterThan(-30)
})

test('a caller who gives up while it rings is told as such', async () => {
  await settle()
  const reply = await citizen.run({ name: 'dial', number: '1022' })
  const lineId = idOf(await agent.until(has('ringing')), 'ringing')
  await citizen.run({ name: 'hangUp', lineId: (reply.ok && reply.lineId) || '' })
  await agent.until(has('ended', { id: lineId, endReason: 'cancelled-there' }))
})

test('a second line rings while the first talks; answering it holds the first', async () => {
  const { lineId } = await talk()
  expect(await second.run({ name: 'dial', number: '101' })).toMatchObject({ ok: true })
  const waiting = idOf(await agent.until(has('ringing')), 'ringing')
  expect(await agent.run({ name: 'answer', lineId: waiting })).toMatchObject({ ok: true })
  await agent.until(has('held', { id: lineId }))
  await second.until(has('talking', { media: 'flowing' }))
  await citizen.until(has('talking', { isHeldThere: true }))
  await fallsSilent(citizen)
  await agent.run({ name: 'resume', lineId })
  await agent.until(has('held', { id: waiting }))
  await agent.until(has('talking', { id: lineId }))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
})

test('a third call finds the phone busy and disturbs nobody', async () => {
  await talk()
  await second.run({ name: 'dial', number: '101' })
  await agent.until(has('ringing'))
  await second.run({ name: 'dial', number: '101' })
  await second.until(has('ended', { endReason: 'busy' }))
  await agent.until(has('talking', { media: 'flowing' }))
  expect((await agent.lines()).filter((line) => line.state !== 'ended')).toHaveLength(2)
})

test('blind transfer: the citizen talks with the second agent and we are free', async () => {
  const { lineId } = await talk()
  const asked = agent.run({ name: 'blindTransfer', lineId, number: '102' })
  const there = idOf(await second.until(has('ringing')), 'ringing')
  await second.run({ name: 'answer', lineId: there })
  expect(await asked).toMatchObject({ ok: true })
  await agent.until(has('ended', { id: lineId, endReason: 'transferred' }))
  await second.until(has('talking', { media: 'flowing' }))
  await citizen.until(has('talking', { media: 'flowing' }))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await second.heardDb()).toBeGreaterThan(-30)
})

test('a blind transfer that is declined leaves the citizen with us and says so', async () => {
  const { lineId } = await talk()
  const asked = agent.run({ name: 'blindTransfer', lineId, number: '102' })
  const there = idOf(await second.until(has('ringing')), 'ringing')
  await second.run({ name: 'decline', lineId: there })
  expect(await asked).toMatchObject({ ok: false, code: 'refused-there' })
  const phone = await agent.until(has('talking', { id: lineId }))
  expect(phone.lines.find((line) => line.id === lineId)?.transfer).toMatchObject({ state: 'failed', failureCode: 603 })
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
})

test('attended transfer: we ask first, then the two talk without us (S4 Đ.9 k.2)', async () => {
  const { lineId } = await talk()
  expect(await agent.run({ name: 'startAttendedTransfer', lineId, number: '102' })).toMatchObject({ ok: true })
  const there = idOf(await second.until(has('ringing')), 'ringing')
  await second.run({ name: 'answer', lineId: there })
  await agent.until(has('talking'))
  await agent.until(has('held', { id: lineId }))
  expect(await agent.run({ name: 'completeAttendedTransfer', lineId })).toMatchObject({ ok: true })
  await agent.until(allEnded)
  await citizen.until(has('talking', { media: 'flowing', isHeldThere: false }))
  await second.until(has('talking', { id: there, number: '0912000001' }))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await second.heardDb()).toBeGreaterThan(-30)
})

test('a consultation that leads nowhere is cancelled and the citizen is back', async () => {
  const { lineId } = await talk()
  await agent.run({ name: 'startAttendedTransfer', lineId, number: '102' })
  const there = idOf(await second.until(has('ringing')), 'ringing')
  expect(await agent.run({ name: 'completeAttendedTransfer', lineId })).toMatchObject({
    ok: false,
    code: 'wrong-state',
  })
  await second.run({ name: 'answer', lineId: there })
  await agent.until(has('talking'))
  expect(await agent.run({ name: 'cancelAttendedTransfer', lineId })).toMatchObject({ ok: true })
  await second.until(has('ended', { id: there, endReason: 'hung-up-there' }))
  await agent.until(has('talking', { id: lineId, transfer: null }))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
})

test('the WebSocket drops in mid-call: the voices go on and the signalling comes back', async () => {
  const { lineId } = await talk()
  await agent.cutSocket()
  await agent.until((phone) => phone.registration.why === 'connection-lost')
  expect(await citizen.heardDb(1_500)).toBeGreaterThan(-30)
  await agent.until(isRegistered)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
  await agent.until(has('talking', { id: lineId, media: 'flowing' }))
  // Only a dialog that is alive at both ends can be held.
  expect(await agent.run({ name: 'hold', lineId })).toMatchObject({ ok: true })
  await citizen.until(has('talking', { isHeldThere: true }))
  expect(await agent.run({ name: 'resume', lineId })).toMatchObject({ ok: true })
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  await agent.run({ name: 'hangUp', lineId })
  await citizen.until(allEnded)
})

test('both sockets drop at once, as when the exchange is restarted for a moment: the call lives on', async () => {
  const { lineId, theirs } = await talk()
  await Promise.all([agent.cutSocket(), citizen.cutSocket()])
  await Promise.all([agent, citizen].map((desk) => desk.until((phone) => phone.registration.state !== 'registered')))
  await Promise.all([agent, citizen].map((desk) => desk.until(isRegistered)))
  // Held and resumed by each in turn: only two dialogs in agreement allow that.
  for (const [desk, line] of [
    [agent, lineId],
    [citizen, theirs],
  ] as const) {
    expect(await desk.run({ name: 'hold', lineId: line })).toMatchObject({ ok: true })
    expect(await desk.run({ name: 'resume', lineId: line })).toMatchObject({ ok: true })
  }
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
})

test('a new way for the media is found in mid-call when the old one is given up', async () => {
  const { lineId } = await talk()
  const user = () =>
    agent.page.evaluate(() => /a=ice-ufrag:(.*)/.exec(window.harness.livePeer().localDescription?.sdp ?? '')?.[1])
  const before = await user()
  // What the browser says of itself when the network under it has changed.
  await agent.page.evaluate(() => {
    const peer = window.harness.livePeer()
    Object.defineProperty(peer, 'connectionState', { value: 'disconnected', configurable: true })
    peer.dispatchEvent(new Event('connectionstatechange'))
  })
  await expect.poll(user).not.toBe(before)
  await agent.page.evaluate(() => Reflect.deleteProperty(window.harness.livePeer(), 'connectionState'))
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
  await agent.until(has('talking', { id: lineId, media: 'flowing' }))
})

test('the recording has the citizen on the right and us on the left, in slices without a gap', async () => {
  const { lineId } = await talk()
  const recordingId = (await agent.until(has('talking', { recording: 'on' }))).lines.find(
    (one) => one.id === lineId,
  )?.recordingId
  await expect
    .poll(async () => (await agent.recordings()).find((one) => one.recordingId === recordingId)?.slices.length, {
      timeout: 30_000,
    })
    .toBeGreaterThan(16)
  await agent.run({ name: 'hangUp', lineId })
  await agent.until(has('ended', { id: lineId, recording: 'off' }))

  const recording = (await agent.recordings()).find((one) => one.recordingId === recordingId)
  if (!recording) throw new Error('The recording never reached the sink.')
  expect(recording.number).toBe('0912000001')
  expect(recording.slices.map((slice) => slice.index)).toEqual(recording.slices.map((_, index) => index))
  expect(recording.durationMs).toBeGreaterThan(15_000)

  const file = join(directory, 'call.webm')
  writeFileSync(file, Buffer.concat(recording.slices.map((slice) => Buffer.from(slice.base64, 'base64'))))
  const left = envelopeOf(file, 0, settlingMs)
  const right = envelopeOf(file, 1, settlingMs)
  expect(likeness(right, wav.citizen)).toBeGreaterThanOrEqual(0.75)
  expect(likeness(left, wav.agent)).toBeGreaterThanOrEqual(0.75)
  expect(likeness(right, wav.stranger)).toBeLessThanOrEqual(0.6)
  expect(likeness(left, wav.citizen)).toBeLessThanOrEqual(0.6)
})

test('what is not sent is not recorded: muted, our channel is empty and theirs goes on', async () => {
  const { lineId } = await talk()
  const slices = async () => (await agent.recordings()).at(-1)?.slices ?? []
  await agent.until(has('talking', { recording: 'on' }))
  await agent.run({ name: 'mute', lineId })
  const before = (await slices()).length
  await expect.poll(async () => (await slices()).length, { timeout: 30_000 }).toBeGreaterThan(before + 5)
  await agent.run({ name: 'hangUp', lineId })
  await agent.until(has('ended', { id: lineId, recording: 'off' }))

  const file = join(directory, 'muted.webm')
  writeFileSync(file, Buffer.concat((await slices()).map((slice) => Buffer.from(slice.base64, 'base64'))))
  const loudest = (channel: 0 | 1) => Math.max(...envelopeOf(file, channel).slice(-60))
  expect(loudest(0)).toBeLessThan(5)
  expect(loudest(1)).toBeGreaterThan(20)
})

test('a pause leaves its two marks and no sound between them', async () => {
  const { lineId } = await talk()
  await agent.until(has('talking', { recording: 'on' }))
  expect(await agent.run({ name: 'pauseRecording', lineId, reason: 'số định danh' })).toMatchObject({ ok: true })
  await agent.until(has('talking', { recording: 'paused' }))
  const paused = (await agent.recordings()).at(-1)
  expect(paused?.marks).toEqual([{ kind: 'pause', reason: 'số định danh' }])
  await citizen.heardDb(2_500)
  expect((await agent.recordings()).at(-1)?.slices.length).toBe(paused?.slices.length)
  await agent.run({ name: 'resumeRecording', lineId })
  await expect
    .poll(async () => (await agent.recordings()).at(-1)?.slices.length)
    .toBeGreaterThan(paused?.slices.length ?? 0)
  expect((await agent.recordings()).at(-1)?.marks.map((mark) => mark.kind)).toEqual(['pause', 'resume'])
})

test('a full disk raises the alarm, the call goes on, and recording begins anew when there is room', async () => {
  const { lineId } = await talk()
  await agent.until(has('talking', { recording: 'on' }))
  const before = (await agent.recordings()).length
  await agent.breakSink('disk-full')
  const failed = await agent.until(has('talking', { recording: 'failed' }))
  expect(failed.lines.find((line) => line.id === lineId)?.recordingWhy).toBe('disk-full')
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  await agent.breakSink(null)
  await agent.until(has('talking', { recording: 'on' }))
  expect((await agent.recordings()).length).toBe(before + 1)
})

test('the check before the shift says go, with the level of the microphone', async () => {
  await settle()
  await agent.run({ name: 'selfTest' })
  const { selfTest } = await agent.snapshot()
  expect(selfTest?.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['microphone', 'go'],
    ['speaker', 'go'],
    ['ring', 'go'],
    ['registration', 'go'],
  ])
  expect(selfTest?.checks[0]?.levelDb).toBeGreaterThan(-40)
})
