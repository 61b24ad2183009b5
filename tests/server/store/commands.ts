import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { backupTask } from '../../../sync-server/src/backup-commands.ts'
import { systemClock } from '../../../sync-server/src/clock.ts'
import { ConfigProblem, readConfig } from '../../../sync-server/src/config.ts'
import { usage } from '../../../sync-server/src/maintenance.ts'

const main = resolve(import.meta.dirname, '../../../sync-server/src/main.ts')

export type Settings = Readonly<Record<string, string>>

const envOf = (settings: Settings) => ({ ...process.env, BT1022_PORT: '0', BT1022_LOG: 'silent', ...settings })

export interface Ended {
  readonly said: Record<string, unknown>
  readonly exitCode: number
  readonly problem: string
}

/** The same as `command` without a process of its own, which takes seconds to begin on a machine with much to do. */
export async function commandHere(settings: Settings, ...given: string[]): Promise<Ended> {
  try {
    const config = readConfig(settings)
    const done = (await backupTask(given, config, { clock: systemClock, newId: uuidv7 })) ?? usage
    return { said: { ...done.said }, exitCode: done.exitCode, problem: '' }
  } catch (failure) {
    if (failure instanceof ConfigProblem) return { said: {}, exitCode: 2, problem: failure.message }
    throw failure
  }
}

/** A command as a person gives it. */
export function command(settings: Settings, ...given: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, ...given], { env: envOf(settings) }, (_, stdout, problem) =>
      done({ said: stdout === '' ? {} : JSON.parse(stdout), exitCode: child.exitCode ?? -1, problem }),
    )
  })
}

/** One that will not be let live to its end. */
export const begun = (settings: Settings, ...given: string[]): ChildProcess =>
  spawn(process.execPath, [main, ...given], { env: envOf(settings), stdio: 'ignore' })

/** A server in a process of its own. */
export async function serverProcess(settings: Settings): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [main], { env: envOf(settings), stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return {
    url: (JSON.parse(line) as { listening: string }).listening,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
