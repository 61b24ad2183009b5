import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDesk } from './running-desk.ts'
import { type Register, startServerProcess } from './running-server.ts'

let isWarm = false

/** Lets a server and a desk end in peace once: what is killed keeps nothing of what it compiled, and would compile it at every start. */
export async function warmUp(register: Register): Promise<void> {
  if (isWarm) return
  isWarm = true
  const dataDir = mkdtempSync(join(tmpdir(), 'bt1022-warm-'))
  const server = await startServerProcess(register)
  await (await startDesk({ dataDir, server: server.url })).close()
  await server.stop()
  rmSync(dataDir, { recursive: true })
}
