import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { uuidv7 } from 'uuidv7'
import { openConsole } from '../../src-main/console.ts'
import { fileRightsOnly, openFileSecrets } from '../../src-main/session/file-secrets.ts'

/**
 * A whole desk as a process that can be killed, starved of disk, or put into another network: the bridge over stdin and
 * stdout, one JSON message a line. An answer is in the pipe, and so with whoever started the desk, before the desk does
 * anything else: what it has acknowledged is known, however it dies.
 *
 * Beside the bridge's messages it takes `{ clock: { passedMs, wrongByMs } }`: the time that has passed beyond the machine's own, and
 * by how much this computer's clock is wrong; and it says `{ log }` for what it would log. It ends when stdin ends.
 */
const { values } = parseArgs({
  options: { data: { type: 'string' }, server: { type: 'string' }, clock: { type: 'string' } },
})
let clock = JSON.parse(values.clock ?? '{"passedMs":0,"wrongByMs":0}') as { passedMs: number; wrongByMs: number }
// On Linux a pipe is written synchronously.
const say = (message: unknown) => process.stdout.write(`${JSON.stringify(message)}\n`)

const desk = await openConsole({
  dataDir: values.data!,
  secrets: openFileSecrets(join(values.data!, 'secrets'), fileRightsOnly),
  server: values.server!,
  clock: {
    now: () => Date.now() + clock.passedMs + clock.wrongByMs,
    monotonic: () => performance.now() + clock.passedMs,
  },
  newId: uuidv7,
  chance: Math.random,
  announce(message) {
    if (message.announce === 'desk.state') say(message)
  },
  log: (level, what, about) => say({ log: level, what, about }),
})
say({ opened: process.pid })

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as { clock?: typeof clock }
  if (message.clock === undefined) void desk.handle(message).then(say)
  else clock = message.clock
}
await desk.close()
process.exit(0)
