import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Line, PhoneSnapshot } from '../../src-renderer/phone/phone.ts'
import { type Desk, type Lab, startLab } from './lab.ts'
import { missingTool, speak } from './speech.ts'

const missing = missingTool()
test.skip(missing !== null, `no calls can be made here: ${missing}`)

let directory: string
let lab: Lab
let agent: Desk
let citizen: Desk

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sip-edges-'))
  lab = await startLab(directory)
})

// Each test spoils its telephones, so each gets its own.
test.beforeEach(async () => {
  agent = await lab.openPhone(speak(directory, 'agent'))
  citizen = await lab.openPhone(speak(directory, 'citizen'))
  await Promise.all([agent.register('a1'), citizen.register('c1')])
  await Promise.all([agent, citizen].map((desk) => desk.until((phone) => phone.registration.state === 'registered')))
  lab.switchboard.setAgentState({ agentId: 'agent-1', state: 'ready' })
})

test.afterEach(async () => {
  await Promise.all([agent, citizen].map((desk) => desk.page.evaluate(() => window.harness.phone.close())))
  await Promise.all([agent, citizen].map((desk) => desk.page.context().browser()?.close()))
  await expect
    .poll(() => lab.switchboard.source.snapshot().agents.find((one) => one.id === 'agent-1')?.state ?? 'offline')
    .toBe('offline')
})

test.afterAll(async () => {
  await lab?.close()
  if (directory) rmSync(directory, { recursive: true, force: true })
})

const lineIs =
  (over: Partial<Line>) =>
  ({ lines }: PhoneSnapshot) =>
    lines.some((line) => Object.entries(over).every(([key, value]) => line[key as keyof Line] === value))

const answer = async () => {
  const reply = await citizen.run({ name: 'dial', number: '1022' })
  expect(reply).toMatchObject({ ok: true })
  const lineId = (await agent.until(lineIs({ state: 'ringing' }))).lines.at(-1)?.id ?? ''
  expect(await agent.run({ name: 'answer', lineId })).toMatchObject({ ok: true })
  await agent.until(lineIs({ state: 'talking' }))
  return lineId
}

test('a peer that answers a hold with sendrecv is forgiven and the call is not cut', async () => {
  await citizen.rewriteSent(/a=recvonly/, 'a=sendrecv')
  const lineId = await answer()
  await agent.until(lineIs({ media: 'flowing' }))
  expect(await agent.run({ name: 'hold', lineId })).toMatchObject({ ok: true })
  await expect.poll(() => citizen.heardDb(300)).toBeLessThan(-60)
  expect(await agent.run({ name: 'resume', lineId })).toMatchObject({ ok: true })
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  await agent.until(lineIs({ state: 'talking', media: 'flowing' }))
})

test('a peer that knows no telephone-event gets the digits by INFO', async () => {
  await citizen.rewriteSent(/telephone-event/, 'telephone-xvent')
  const lineId = await answer()
  await agent.until(lineIs({ media: 'flowing' }))
  expect(await agent.run({ name: 'sendDtmf', lineId, tones: '42' })).toMatchObject({ ok: true })
  await expect
    .poll(async () => (await citizen.received()).filter((text) => text.startsWith('INFO')).map(signalOf))
    .toEqual(['4', '2'])
})

const signalOf = (text: string) => /^Signal=(.)/m.exec(text)?.[1]

test('SIP is content but DTLS never completes: the alarm says that no packet ever came', async () => {
  await citizen.rewriteSent(/a=fingerprint:sha-256 ..:..:../, 'a=fingerprint:sha-256 00:00:00')
  await answer()
  const phone = await agent.until(lineIs({ state: 'talking', media: 'none' }))
  expect(phone.lines[0]?.quality?.packetsReceived).toBe(0)
})

test('another microphone in mid-call is heard and recorded on, a speaker that is gone is named', async () => {
  const lineId = await answer()
  await agent.until(lineIs({ media: 'flowing', recording: 'on' }))
  const { devices } = await agent.snapshot()
  const other = devices.find((device) => device.kind === 'microphone' && device.deviceId !== 'default')
  if (!other) throw new Error('The browser has one microphone only.')
  expect(await agent.run({ name: 'setDevices', microphoneDeviceId: other.deviceId })).toMatchObject({ ok: true })
  await agent.run({ name: 'setDevices', talkDeviceId: 'unplugged' })
  const phone = await agent.until(({ missingDevices }) => missingDevices.includes('talk'))
  expect(phone).toMatchObject({ microphoneDeviceId: other.deviceId, missingDevices: ['talk'] })
  expect(await citizen.heardDb()).toBeGreaterThan(-30)
  expect(await agent.heardDb()).toBeGreaterThan(-30)
  await agent.until(lineIs({ id: lineId, recording: 'on', media: 'flowing' }))
})

test('a microphone that may not be used refuses the answer with the reason, and the call rings on', async () => {
  await citizen.run({ name: 'dial', number: '1022' })
  const lineId = (await agent.until(lineIs({ state: 'ringing' }))).lines.at(-1)?.id ?? ''
  await agent.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  expect(await agent.run({ name: 'answer', lineId })).toMatchObject({ ok: false, code: 'permission-denied' })
  expect(await agent.snapshot()).toMatchObject({ microphonePermission: 'denied', lines: [{ state: 'ringing' }] })
})

test('the phone answers by itself when told to', async () => {
  await agent.register('a1', { autoAnswer: 'always' })
  await agent.until((phone) => phone.registration.state === 'registered')
  await citizen.run({ name: 'dial', number: '1022' })
  await agent.until(lineIs({ state: 'talking', media: 'flowing' }))
})

test('digits that are no digits are refused and no command waits for ever', async () => {
  const lineId = await answer()
  expect(await agent.run({ name: 'sendDtmf', lineId, tones: 'abc' })).toMatchObject({ ok: false, code: 'bad-command' })
})
