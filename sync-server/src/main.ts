import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { backupTask } from './backup-commands.ts'
import { type Clock, steerableClock, systemClock } from './clock.ts'
import { type Config, ConfigProblem, readConfig } from './config.ts'
import { openLog } from './log.ts'
import { type Done, maintain, move, usage } from './maintenance.ts'
import { registerPublic } from './public/register-public.ts'
import { createServer } from './server.ts'

const wrongSettings = 2

/** Starts the server; says `{"listening": url}` on stdout to the process that started it, and nothing else there. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  // What is wrong in a file is said in the language of the rest of the sentence.
  if (config.language === 'vi') z.config(z.locales.vi())
  const task = process.argv.slice(2)
  if (task[0] === 'move-to-postgres') return end(await move(config, task[1]))
  const clock = clockOf(config)
  if (task[0] === 'backup' || task[0] === 'restore') {
    return end((await backupTask(task, config, { clock, newId: uuidv7 })) ?? usage)
  }
  const server = await createServer(config, { clock, newId: uuidv7, log: openLog(config.log), registerPublic })

  if (task.length > 0) {
    const done = await maintain(server, task, process.env.BT1022_ACCOUNT_PASSWORD)
    await server.close()
    return end(done)
  }

  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    // Whoever still holds a connection after five seconds is cut: what was answered is on the disk.
    setTimeout(() => process.exit(0), 5_000).unref()
    server.close().then(
      () => process.exit(0),
      (failure: unknown) => {
        process.stderr.write(`${String(failure)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  process.stdout.write(`${JSON.stringify({ listening: await server.listen() })}\n`)
}

function end({ said, exitCode }: Done): void {
  process.stdout.write(`${JSON.stringify(said)}\n`)
  process.exitCode = exitCode
}

function clockOf(config: Config): Clock {
  if (config.clock === 'system') return systemClock
  const clock = steerableClock()
  if (config.clockAt !== null) clock.setTo(fromIso(config.clockAt))
  return clock
}

main().catch((failure: unknown) => {
  if (failure instanceof ConfigProblem) {
    process.stderr.write(`${failure.message}\n`)
    process.exit(wrongSettings)
  }
  process.stderr.write(`${failure instanceof Error ? failure.stack : String(failure)}\n`)
  process.exit(1)
})
