import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { firstLine, startChild } from '../../../src-main/start/child.ts'
import { embeddedFile } from '../../../sync-server/src/open-store.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import type { Writing } from '../../../sync-server/src/store/store.ts'
import { bigRegister, registerEndsAt } from './big-register.ts'
import { type Usage, usageOf } from './children.ts'

export interface BigServer extends Usage {
  readonly url: string
  readonly dataDir: string
  readonly cases: number
  readonly events: number
  close(): Promise<void>
}

/** The real server, a process of its own, with a register of so many cases, to which something may be added before it starts. */
export async function startBigServer(
  cases: number,
  env: Readonly<Record<string, string>> = {},
  prepare: (tx: Writing) => Promise<void> = async () => {},
): Promise<BigServer> {
  const { dataDir, events } = await bigRegister(cases)
  const store = await openSqliteStore(embeddedFile({ dataDir }))
  await store.write(prepare)
  await store.close()
  const child = startChild('server', ['sync-server/src/main.ts'], {
    cwd: resolve(import.meta.dirname, '../../..'),
    env: {
      ...process.env,
      BT1022_DATA_DIR: dataDir,
      BT1022_PORT: '0',
      BT1022_CLOCK: 'steerable',
      BT1022_CLOCK_AT: registerEndsAt,
      BT1022_LOG: 'error',
      BT1022_LINE_ENABLED: 'false',
      ...env,
    },
  })
  try {
    const { listening } = await firstLine(child, 'server')
    return {
      ...usageOf(child.process),
      url: listening,
      dataDir,
      cases,
      events,
      async close() {
        await child.stop()
        rmSync(dataDir, { recursive: true, force: true })
      },
    }
  } catch (failure) {
    await child.stop()
    rmSync(dataDir, { recursive: true, force: true })
    throw failure
  }
}

/** The server finds no room for a snapshot, and desks take everything by the stream (S35). */
export const streamsOnly = {
  BT1022_SNAPSHOT_FROM_EVENTS: '1000000000',
  BT1022_SNAPSHOT_KEEP_FREE_MEGABYTES: '1000000000',
}
