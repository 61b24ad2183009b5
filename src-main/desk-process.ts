import { join } from 'node:path'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { computerClock } from './computer-clock.ts'
import { type OpenConsole, openConsole } from './console.ts'
import { openFileSecrets } from './session/file-secrets.ts'
import { sealWith } from './session/seal.ts'

/**
 * The desk in Electron's utility process: SQLite and sync never block a window, and when this process dies the shell
 * starts it again without ending a call. It speaks through ports that the shell hands it, one a window.
 */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}
interface Parent {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): void
}

/** Electron's `safeStorage` lives in the shell; what it sealed or opened comes with the start message. */
interface Start {
  type: 'start'
  dataDir: string
  server: string
  /** Wraps the secrets on disk: 32 bytes in hex, kept by the system's key store. */
  sealKey: string
}

const parent = (process as unknown as { parentPort: Parent }).parentPort
const log = pino({ level: process.env.BT1022_LOG ?? 'warn' }, pino.destination(2))
const ports = new Set<Port>()
let desk: OpenConsole | null = null
const opened = Promise.withResolvers<OpenConsole>()

parent.on('message', ({ data, ports: given }) => {
  const message = data as Start | { type: 'window' } | { type: 'stop' }
  if (message.type === 'start') void start(message).catch(fail)
  else if (message.type === 'window') for (const port of given) serve(port)
  else void (desk?.close() ?? Promise.resolve()).finally(() => process.exit(0))
})

async function start({ dataDir, server, sealKey }: Start): Promise<void> {
  desk = await openConsole({
    dataDir,
    secrets: openFileSecrets(join(dataDir, 'secrets'), sealWith(Buffer.from(sealKey, 'hex'))),
    server,
    clock: computerClock,
    newId: uuidv7,
    chance: Math.random,
    announce(message) {
      for (const port of ports) port.postMessage(message)
    },
    log: (level, what, about) => log[level](about ?? {}, what),
    // The shell starts it again, with another key.
    onWiped: () => process.exit(0),
  })
  opened.resolve(desk)
  parent.postMessage({ type: 'ready' })
}

/** The shell ends this process and tries again; it tells a person when that does not help. */
function fail(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error)
  log.error({ error: error instanceof Error ? error.stack : why }, 'the desk could not be opened')
  parent.postMessage({ type: 'failed', why })
}

function serve(port: Port): void {
  ports.add(port)
  port.on('close', () => ports.delete(port))
  port.on('message', ({ data }) => {
    void answer(data).then((reply) => port.postMessage(reply))
  })
  port.start()
}

/** A window may ask before the store is open: it waits rather than fails. */
const answer = async (message: unknown): Promise<unknown> => (await opened.promise).handle(message)
