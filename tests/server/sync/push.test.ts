import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

let desks = 0
const newDesk = (account = people.agent) => openDesk(server, account, `desk-push-${++desks}`)
type Answer = { results: { n: number; commandId: string; outcome: Record<string, unknown> }[]; nextN: number }
const read = async (response: Response | Promise<Response>) => (await (await response).json()) as Answer

describe('push', () => {
  test('S1: commands are judged and answered in order of n', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    const commands = [
      desk.command('case.open', caseId, openInput(desk.nextCode())),
      desk.command('slip.send', caseId, sendInput(server)),
      desk.command('slip.remind', caseId, { note: '' }),
    ]
    const answer = await read(desk.push(commands))
    expect(answer.results.map((each) => [each.n, each.outcome.kind])).toEqual([
      [1, 'accepted'],
      [2, 'accepted'],
      [3, 'accepted'],
    ])
    expect(answer.nextN).toBe(4)
  })

  test('S2: a repeat gets the stored answer and has no effect', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    const open = desk.command('case.open', caseId, openInput(desk.nextCode()))
    const first = await read(desk.push([open]))
    await read(desk.push([desk.command('case.amend', caseId, { content: 'Nội dung đã sửa.', reason: 'nghe nhầm' })]))
    const eventsBefore = await server.deps.store.read.register.lastSeq()
    const again = await read(desk.push([open]))
    expect(again.results).toEqual(first.results)
    expect(again.nextN).toBe(3)
    expect(await server.deps.store.read.register.lastSeq()).toBe(eventsBefore)
  })

  test('S2: a refusal is repeated word for word even when it would be accepted by now', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    await desk.give('case.open', caseId, openInput(desk.nextCode()))
    const early = desk.command('citizen.tell', caseId, { via: 'call', at: '2026-10-05T07:00:00+07:00', note: '' })
    const refused = await read(desk.push([early]))
    expect(refused.results[0]!.outcome).toMatchObject({ kind: 'refused', code: 'told-before-answer' })
    await desk.give('case.answer', caseId, { text: 'Đã trả lời.', article: null, source: 'Quyết định 1455' })
    expect((await read(desk.push([early]))).results).toEqual(refused.results)
  })

  test('S3: at a gap the server stops and says which number it wants', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    const open = desk.command('case.open', caseId, openInput(desk.nextCode()))
    const lost = desk.command('slip.send', caseId, sendInput(server))
    const remind = desk.command('slip.remind', caseId, { note: '' })
    const answer = await read(desk.push([open, remind]))
    expect(answer.results).toHaveLength(1)
    expect(answer.nextN).toBe(2)
    const whole = await read(desk.push([open, lost, remind]))
    expect(whole.results.map((each) => each.outcome.kind)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  test('S3: a number used for another command stops everything until a person looks', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    await desk.give('case.open', caseId, openInput(desk.nextCode()))
    const response = await desk.push([desk.command('slip.send', caseId, sendInput(server), { n: 1 })])
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'n-taken', why: { n: 1, nextN: 2 } } })
  })

  test('S4: the late shift sends what the early shift wrote; a stranger signs nothing', async () => {
    const early = await newDesk(people.agent)
    const written = early.command('case.open', uuidv7(), openInput(early.nextCode()))
    const stranger = early.command('case.open', uuidv7(), openInput(early.nextCode()), {
      actor: actorOf(people.supervisor),
    })
    const pretender = early.command('case.open', uuidv7(), openInput(early.nextCode()), {
      actor: { ...actorOf(people.agent), role: 'supervisor' } as never,
    })
    const machine = early.command('clock.escalate', written.caseId, {}, { actor: { kind: 'system', part: 'keeper' } })
    const token = await server.signIn(people.secondAgent, early.deskId)
    const body = { protocol: 1, deskId: early.deskId, commands: [written, stranger, pretender, machine] }
    const { results } = await read(server.request('/api/sync/push', { token, body }))
    expect(results.map((each) => each.outcome.code ?? each.outcome.kind)).toEqual([
      'accepted',
      'not-permitted',
      'not-permitted',
      'not-permitted',
    ])
  })

  test('S4: a session sends for its own desk only', async () => {
    const desk = await newDesk()
    const body = { protocol: 1, deskId: 'desk-of-others', commands: [] }
    const response = await server.request('/api/sync/push', { token: desk.token, body })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { code: 'other-desk' } })
  })

  test('S5: a refusal takes its number, and what follows is judged all the same', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    const commands = [
      desk.command('case.open', caseId, openInput(desk.nextCode(), { content: '' })),
      desk.command('case.open', caseId, openInput(desk.nextCode())),
    ]
    const answer = await read(desk.push(commands))
    expect(answer.results.map((each) => each.outcome.code ?? each.outcome.kind)).toEqual([
      'content-missing',
      'accepted',
    ])
    expect(answer.nextN).toBe(3)
  })

  test('S6: another protocol is told which this is, in the language asked for', async () => {
    const desk = await newDesk()
    const body = { protocol: 3, deskId: desk.deskId, commands: [] }
    const response = await server.request('/api/sync/push', {
      token: desk.token,
      body,
      headers: { 'accept-language': 'en-GB,vi;q=0.5' },
    })
    expect(response.status).toBe(426)
    const { error } = (await response.json()) as { error: { code: string; message: string; why: object } }
    expect(error.why).toEqual({ serverVersion: '0.1.0', serverProtocol: 2, oldest: 1 })
    expect(error.message).toContain('unsent work is kept')
  })

  test('S7: a desk that is three days wrong moves no deadline; what it says is kept beside', async () => {
    const desk = await newDesk()
    const caseId = uuidv7()
    const madeAt = '2026-10-02T08:00:00+07:00'
    await read(
      desk.push([
        desk.command('case.open', caseId, openInput(desk.nextCode()), { madeAt }),
        desk.command('slip.send', caseId, sendInput(server), { madeAt }),
      ]),
    )
    const stored = await server.deps.store.read.register.case(caseId)
    const { dueAt } = readCaseClock(stored!.state, server.deps.reference.hours, server.clock.now())
    expect(dueAt).toBe(Date.parse('2026-10-05T17:00:00+07:00'))
    const [opened] = await server.deps.store.read.register.eventsOfCase(caseId)
    expect(parseRegisteredEvent(JSON.parse(opened!.line))).toMatchObject({ at: '2026-10-05T07:00:00+07:00', madeAt })
  })

  test('S27: what cannot be read but for its envelope is refused, takes its number, and holds nothing back', async () => {
    const desk = await newDesk()
    const send = (commands: readonly unknown[]) =>
      server.request('/api/sync/push', { token: desk.token, body: { protocol: 2, deskId: desk.deskId, commands } })
    const open = () => desk.command('case.open', uuidv7(), openInput(desk.nextCode()))
    const commands = [
      open(),
      { ...open(), input: { code: 7 } },
      { ...open(), name: 'case.forget' },
      { ...open(), actor: { kind: 'oracle', age: 7 } },
      { ...open(), madeAt: 'yesterday' },
      open(),
    ]
    const answer = await read(send(commands))
    expect(answer.nextN).toBe(7)
    expect(answer.results.map(({ n, outcome }) => [n, outcome.code ?? outcome.kind])).toEqual([
      [1, 'accepted'],
      [2, 'unreadable'],
      [3, 'unreadable'],
      [4, 'unreadable'],
      [5, 'unreadable'],
      [6, 'accepted'],
    ])
    expect(answer.results[1]!.outcome.why).toEqual({ command: 'case.open', path: 'code' })
    // S2: answered once and for ever, also for a server that could read it by now.
    const stored = await server.deps.store.read.register.answerOf(answer.results[1]!.commandId)
    expect(stored).toEqual(answer.results[1])
    expect((await read(send(commands))).results).toEqual(answer.results)
  })

  test('S27: an envelope that cannot be read is an error; what came before it is done', async () => {
    const desk = await newDesk()
    const open = desk.command('case.open', uuidv7(), openInput(desk.nextCode()))
    for (const field of ['commandId', 'n', 'deskId', 'actor', 'caseId', 'name']) {
      const body = {
        protocol: 2,
        deskId: desk.deskId,
        commands: [open, { ...open, commandId: uuidv7(), [field]: null }],
      }
      const answer = await read(server.request('/api/sync/push', { token: desk.token, body }))
      expect([field, answer.results.length, answer.nextN]).toEqual([field, 1, 2])
      const alone = { ...body, commands: body.commands.slice(1) }
      const response = await server.request('/api/sync/push', { token: desk.token, body: alone })
      expect([field, response.status]).toEqual([field, 400])
      expect(await response.json()).toMatchObject({ error: { code: 'command-unreadable' } })
    }
  })

  test('S27, S6: a desk of version 1 does not know that refusal: what it sent before stands, the unreadable is an error', async () => {
    const desk = await newDesk()
    const open = desk.command('case.open', uuidv7(), openInput(desk.nextCode()))
    const broken = { ...desk.command('case.open', uuidv7(), openInput(desk.nextCode())), input: { code: 7 } }
    const answer = await read(desk.push([open, broken]))
    expect(answer.results).toHaveLength(1)
    const alone = await desk.push([broken])
    expect(alone.status).toBe(400)
    expect(await alone.json()).toMatchObject({
      error: { code: 'command-unreadable', why: { path: 'commands.0.code' } },
    })
  })
})
