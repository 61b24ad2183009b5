import { uuidv7 } from 'uuidv7'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { citizen, openInput, people, type Running, sendInput } from '../running.ts'

/** So many cases at once at the server's own desk, every third of them with an agency; the ids of all. */
export async function openCrowd(server: Running, count: number, text = 'Đường ngập'): Promise<string[]> {
  const { register, clock } = server.deps
  const actor = actorOf(people.agent)
  const ids: string[] = []
  for (let from = 0; from < count; from += 500) {
    await register.transact(async (tx) => {
      const sitting = register.sit(tx, clock.now())
      for (let i = from; i < Math.min(from + 500, count); i += 1) {
        const caseId = caseIdSchema.parse(uuidv7())
        const phone = `0277${String(5_000_000 + i).slice(-7)}`
        const input = openInput(await register.takeCode(tx, clock.now()), {
          content: `${text} ở ấp ${i}, nước lên ${i % 90} phân.`,
          citizen: { ...citizen, phone },
        })
        await sitting.submit({ commandId: uuidv7(), actor, caseId, name: 'case.open', input })
        if (i % 3 === 0) {
          await sitting.submit({ commandId: uuidv7(), actor, caseId, name: 'slip.send', input: sendInput(server) })
        }
        ids.push(caseId)
      }
      await sitting.settle()
    })
  }
  return ids
}
