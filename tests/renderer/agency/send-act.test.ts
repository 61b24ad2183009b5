import { describe, expect, test } from 'vitest'
import { type ask, Refused, Unreachable } from '../../../src-renderer/agency/agency-api.ts'
import type { Act } from '../../../src-renderer/agency/forms.ts'
import { type Answer, openSender } from '../../../src-renderer/agency/send-act.ts'

const act: Act = { name: 'slip.return', input: { reason: 'Thuộc Sở Y tế.' } }

/** A server that answers from a script, an error being thrown; it keeps the ids it was sent. */
function scripted(...script: (Answer | Error)[]) {
  const ids: string[] = []
  let nextId = 0
  const pauses: number[] = []
  const sender = openSender({
    ask: (async (_path: string, _schema: unknown, call: { body: { commandId: string } }) => {
      ids.push(call.body.commandId)
      const next = script.shift()
      if (next === undefined) throw new Error('the script is over')
      if (next instanceof Error) throw next
      return next
    }) as unknown as typeof ask,
    newId: () => `id-${++nextId}`,
    pause: async (milliseconds) => {
      pauses.push(milliseconds)
    },
    token: () => 'token',
    language: 'vi',
  })
  return { sender, ids, pauses }
}
const done: Answer = { outcome: 'done' }
const lost = () => new Unreachable('no network')

describe('sending an act', () => {
  test('tries again with the same id while the server cannot be reached', async () => {
    const { sender, ids, pauses } = scripted(lost(), lost(), done)
    const retries: number[] = []
    expect(await sender.send('case', act, (count) => retries.push(count))).toEqual(done)
    expect(new Set(ids).size).toBe(1)
    expect(retries).toEqual([1, 2])
    expect(pauses).toHaveLength(2)
  })

  test('a later press of the button repeats the same id, so nothing is recorded twice', async () => {
    const { sender, ids } = scripted(lost(), lost(), lost(), lost(), done)
    await expect(sender.send('case', act, () => {})).rejects.toBeInstanceOf(Unreachable)
    await sender.send('case', act, () => {})
    expect(ids).toHaveLength(5)
    expect(new Set(ids).size).toBe(1)
  })

  test('what was changed in between is another act', async () => {
    const { sender, ids } = scripted(lost(), lost(), lost(), lost(), done)
    await expect(sender.send('case', act, () => {})).rejects.toBeInstanceOf(Unreachable)
    await sender.send('case', { name: 'slip.return', input: { reason: 'Thuộc Công an tỉnh.' } }, () => {})
    expect(new Set(ids)).toEqual(new Set(['id-1', 'id-2']))
  })

  test('a refusal is an answer for ever: the next press asks anew', async () => {
    const refusal: Answer = { outcome: 'refused', refused: 'return-pending', why: {}, message: 'Đã đề nghị trả lại.' }
    const { sender, ids } = scripted(refusal, done)
    expect(await sender.send('case', act, () => {})).toEqual(refusal)
    await sender.send('case', act, () => {})
    expect(ids).toEqual(['id-1', 'id-2'])
  })

  test('the server’s own no is not tried again', async () => {
    const { sender, ids } = scripted(new Refused(401, 'not-signed-in', 'Mời đăng nhập lại.'))
    await expect(sender.send('case', act, () => {})).rejects.toMatchObject({ status: 401 })
    expect(ids).toHaveLength(1)
  })
})
