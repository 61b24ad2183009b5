import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { publicCallGrantSchema } from '../../../src-shared/api/agency.ts'
import { signedInSchema } from '../../../src-shared/api/session.ts'
import { type Poke, pokeSchema } from '../../../src-shared/api/sync.ts'
import { password, people, type Running, startServer } from '../running.ts'
import { one, SipPhone } from '../switchboard/sip-phone.ts'

let server: Running
const open: { close(): void }[] = []
beforeEach(async () => {
  server = await startServer()
})
afterEach(async () => {
  for (const each of open.splice(0)) each.close()
  await server.remove()
})

async function agentAtTheLine() {
  const body = { username: people.agent.username, password, deskId: 'desk-line' }
  const { token, line } = signedInSchema.parse(await server.json('/api/sign-in', { body }))
  const phone = await SipPhone.connect(line!.wsUrl, line!)
  open.push(phone)
  return { token, phone }
}
async function citizenAtTheLine(number: string) {
  const grant = publicCallGrantSchema.parse(await server.json('/public/call', { body: { number } }))
  const phone = await SipPhone.connect(grant.wsUrl, grant)
  open.push(phone)
  await phone.register()
  return phone
}
const state = () => server.deps.line!.source.snapshot().agents.find((each) => each.id === people.agent.id)?.state

test("a citizen's browser rings at the signed-in agent, under the number it gave and no other", async () => {
  const { phone: agent } = await agentAtTheLine()
  expect((await agent.register()).status).toBe(200)
  const citizen = await citizenAtTheLine('0277 555 4001')
  citizen.call('1022')
  const invite = await agent.nextRequest('INVITE')
  expect(one(invite, 'P-Asserted-Identity')).toContain('02775554001')
  expect(state()).toBe('ringing')
})

test('the board follows over the poke: a break is asked for by HTTP and seen', async () => {
  const { token, phone } = await agentAtTheLine()
  await phone.register()
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/poke?token=${token}`)
  open.push(socket)
  const seen = new Promise<Poke>((resolve) => {
    socket.on('message', (data) => {
      const poke = pokeSchema.parse(JSON.parse(String(data)))
      if (poke.type === 'queue' && poke.snapshot.agents.some((each) => each.state === 'break')) resolve(poke)
    })
  })
  await once(socket, 'open')
  await server.request('/api/queue/state', { token, body: { state: 'break', reason: 'họp giao ban' } })
  expect(await seen).toMatchObject({
    snapshot: { agents: [{ id: people.agent.id, name: people.agent.name, pauseReason: 'họp giao ban' }] },
  })
})

test('who has signed out everywhere cannot register any more, and neither can a citizen after an hour', async () => {
  const { token, phone } = await agentAtTheLine()
  const citizen = await citizenAtTheLine('02775554001')
  expect((await phone.register()).status).toBe(200)
  await server.request('/api/sign-out', { token, body: {} })
  server.clock.advance(3_600_000)
  expect((await phone.register()).status).not.toBe(200)
  expect((await citizen.register()).status).not.toBe(200)
})
