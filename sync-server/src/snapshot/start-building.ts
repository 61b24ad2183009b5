import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Reading } from '../store/store.ts'
import type { BuilderHears, BuilderSays, ProcessOrder } from './building-process.ts'

export type BuildingEnd = Exclude<BuilderSays, { kind: 'page' }>
export interface Building {
  /** Null where the process ended before it had said anything. */
  readonly end: Promise<BuildingEnd | null>
  /** At once, whatever it is doing: the next one goes on from there. */
  kill(): void
}

// Several times what its largest step needs; without a bound it would tidy up late.
const heapMegabytes = 192

/**
 * Makes a snapshot in a process of its own: what it uses of memory goes with it, a fault in it is not the server's, and it gives way
 * to whatever the server does. The register's lines are read here, a page at a time, by the store that the server has.
 */
export function startBuilding(order: ProcessOrder, { register }: Pick<Reading, 'register'>): Building {
  const builder = fork(fileURLToPath(import.meta.resolve('./building-process.ts')), [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    // The server's own output is for the process that started it.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  // One that is just ending does not listen any more.
  const tell = (heard: BuilderHears): void => void (builder.connected && builder.send(heard, () => undefined))
  let said: BuildingEnd | null = null
  builder.on('message', (says: BuilderSays) => {
    if (says.kind !== 'page') said = says
    else
      register.eventsAfter(says.after, says.limit).then(
        (lines) => tell({ kind: 'lines', lines }),
        (failure: unknown) => tell({ kind: 'failure', reason: String(failure) }),
      )
  })
  const end = new Promise<BuildingEnd | null>((resolve) => {
    builder.on('error', (failure) => {
      said = { kind: 'failed', isDiskFull: false, reason: failure.message }
      // It was never started.
      if (builder.pid === undefined) resolve(said)
    })
    builder.on('close', () => resolve(said))
  })
  tell({ kind: 'order', order })
  return { end, kill: () => void builder.kill('SIGKILL') }
}
