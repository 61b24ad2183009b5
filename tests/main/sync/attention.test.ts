import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoServer, inStep, openCase, openRoom, type Server, sendSlip, signIn } from './at-a-desk.ts'

let server: Server
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
}, 180_000)
afterEach(() => room.clear())
afterAll(async () => {
  await server.close()
  server.remove()
})

describe('a command that the register refused', () => {
  it('S30: stays with its reason and the person’s words until a person has dealt with it; S29: shown beside the truth', async () => {
    const dir = room.folder()
    const one = await room.open(dir, server.url)
    await signIn(one)
    const { caseId } = await openCase(one)
    await one.until(inStep)
    await room.close(one)
    // Two people send the same slip: one without a link, the other first.
    const away = await room.open(dir, 'http://127.0.0.1:9')
    const given = await sendSlip(away, caseId)
    expect(given).toMatchObject({ outcome: 'done', sync: 'waiting' })
    const [waiting] = (await away.call('outbox.list', {})).items
    expect(waiting).toMatchObject({ caseId, name: 'slip.send', state: 'waiting', actorName: 'Lê Thu Hà' })
    await room.close(away)
    const other = await room.open(room.folder(), server.url)
    await signIn(other, 'khang.tqb')
    expect(await sendSlip(other, caseId)).toMatchObject({ outcome: 'done' })
    await other.until(inStep)

    const back = await room.open(dir, server.url)
    await back.until((state) => inStep(state) && state.attention === 1)
    const [refused] = (await back.call('outbox.list', {})).items
    expect(refused).toMatchObject({
      commandId: waiting!.commandId,
      state: 'attention',
      refusal: { refused: expect.any(String) },
      input: { summary: 'Đề nghị kiểm tra, sửa đèn đường.' },
    })
    const shown = async () => (await back.call('cases.get', { caseId })).detail!
    expect((await shown()).row.sync).toBe('attention')
    expect((await shown()).events.filter((each) => each.seq === null)).toEqual([])
    await back.call('outbox.dismiss', { commandId: refused!.commandId })
    expect((await back.call('outbox.list', {})).items).toEqual([])
    expect((await shown()).row.sync).toBe('confirmed')
    expect((await back.call('desk.state', {})).attention).toBe(0)
  }, 60_000)
})
