import { uuidv7 } from 'uuidv7'
import { afterEach, expect, test } from 'vitest'
import { createUploader } from '../../../src-main/recordings/upload.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { recordingIdSchema } from '../../../src-shared/ids.ts'
import { freshDir, inSlices, keepCall, noise, vaultAt } from '../../main/recordings/desk.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A slip at Sở Xây dựng with one recorded call, uploaded and attached as a desk does it. */
async function recordedSlip(server: Running) {
  const desk = await openDesk(server, people.agent, 'desk-recording')
  const vault = await vaultAt(await freshDir(), server.clock)
  open.push(() => vault.close())
  const recordingId = recordingIdSchema.parse(await keepCall(vault, inSlices(noise(40_000), 4)))
  const uploader = createUploader({ vault, baseUrl: server.url, token: () => desk.token, clock: server.clock })
  expect(await uploader.runOnce()).toMatchObject([{ outcome: 'countersigned' }])
  const caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  const chainHead = vault.find(recordingId)!.chainHead!
  const call = { callId: 'call-1', startedAt: '2026-10-05T07:00:00+07:00', durationMs: 5_000, chainHead }
  await desk.give('recording.attach', caseId, { recordingId, ...call })
  await desk.give('slip.send', caseId, sendInput(server))
  return { caseId, recordingId }
}

test('D11 S4 Đ.11 k.1: the agency’s officer hears the call while it is granted, and the case tells so once an hour', async () => {
  const server = await startServer({ at: '2026-10-05T07:10:00+07:00' })
  open.push(() => server.remove())
  const { caseId, recordingId } = await recordedSlip(server)
  const token = await server.signIn(people.officer)
  const hear = () => server.request(`/api/recordings/${recordingId}`, { token })
  const give = (name: string, input: object) =>
    server.json('/api/agency/commands', { token, body: { commandId: uuidv7(), caseId, name, input } })
  const heard = async () => {
    const events = await server.deps.store.read.register.eventsOfCase(caseId)
    return events.map(({ line }) => JSON.parse(line)).filter((event) => event.name === 'recording.listened')
  }

  expect((await hear()).status).toBe(404)
  expect(await give('recording.request', { recordingId, reason: 'Xác minh số nhà' })).toEqual({ outcome: 'done' })
  expect((await hear()).status).toBe(404)
  const office = await openDesk(server, people.office, 'desk-office')
  const untilAt = '2026-10-05T09:00:00+07:00'
  await office.give('recording.grant', caseId, { recordingId, agencyId: people.officer.agencyId!, untilAt })

  const answer = await hear()
  expect(answer.status).toBe(200)
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThanOrEqual(40_000)
  await hear()
  expect(await heard()).toMatchObject([{ actor: { accountId: people.officer.id }, data: { recordingId } }])

  // Another agency, an upload by an officer, and the second after the time: all of it is refused.
  const other = await server.signIn(people.otherOfficer)
  expect((await server.request(`/api/recordings/${recordingId}`, { token: other })).status).toBe(404)
  expect((await server.request('/api/recordings/upload', { token, body: {} })).status).toBe(401)
  server.clock.setTo(fromIso('2026-10-05T09:00:01+07:00'))
  expect((await hear()).status).toBe(404)
  expect(await heard()).toHaveLength(1)
})
