import { parentPort, workerData } from 'node:worker_threads'
import { uuidv7 } from 'uuidv7'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import { agent, keeperOf, openInput } from './town.ts'

/** A register with its keeper in a thread of its own; each message is a new call to be written. */
const { file, at } = workerData as { file: string; at: number }
const { keeper, register } = await keeperOf(file, at)

parentPort!.on('message', async (message: { n: number } | 'drain') => {
  if (message === 'drain') {
    await keeper.tick()
    parentPort!.postMessage('drained')
    return
  }
  await register.transact(async (tx) => {
    const act = {
      commandId: uuidv7(),
      actor: agent,
      caseId: caseIdSchema.parse(uuidv7()),
      name: 'case.open' as const,
      input: openInput(await register.takeCode(tx, at), message.n),
    }
    const { outcome } = await register.submitIn(tx, act, at)
    if (outcome.kind === 'refused') throw new Error(outcome.code)
  })
  parentPort!.postMessage('answered')
})
parentPort!.postMessage('ready')
