import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { deskMemoryFlag } from '../desk-memory.ts'

export interface DeskHandle {
  /** A fresh port to the desk; ask again after each `onRestart`. */
  port(): MessagePortMain
  onRestart(listener: () => void): void
  /** Resolves when the desk has closed its store and vault, or has been ended because it did not in time. */
  stop(): Promise<void>
}

export interface DeskStart {
  readonly dataDir: string
  readonly server: string
  /** 32 bytes in hex; asked for at each start, for a wipe destroys it with what it sealed (S40). */
  sealKey(): Promise<string>
}

const shortestWaitMs = 300
const longestWaitMs = 10_000
const stopWithinMs = 5_000
/** A desk that cannot open its data is tried again, and after so many tries a person is told why. */
const triesBeforeTrouble = 3

/** Runs the desk in a process of its own and starts it again when it dies; a call goes on meanwhile. */
export function startDesk(start: DeskStart, onTrouble: (why: string) => void): DeskHandle {
  const listeners: (() => void)[] = []
  let isStopping = false
  let failures = 0

  const restart = () => {
    const waitMs = Math.min(shortestWaitMs * 2 ** failures, longestWaitMs)
    failures += 1
    setTimeout(() => {
      if (isStopping) return
      desk = run()
      for (const listener of listeners) listener()
    }, waitMs)
  }
  const run = (): UtilityProcess => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'desk-process.js'), [], {
      serviceName: 'Bàn Trực 1022: desk',
      // Electron passes flags of V8 on in this form only.
      execArgv: [`--js-flags=${deskMemoryFlag}`],
      stdio: 'inherit',
    })
    child.on('message', (message: { type: 'ready' } | { type: 'failed'; why: string }) => {
      if (message.type === 'ready') failures = 0
      else {
        child.kill()
        if (failures === triesBeforeTrouble) onTrouble(message.why)
      }
    })
    child.on('exit', () => {
      if (!isStopping) restart()
    })
    const { dataDir, server } = start
    void start
      .sealKey()
      .then((sealKey) => child.postMessage({ type: 'start', dataDir, server, sealKey }))
      .catch((error: unknown) => {
        child.kill()
        if (failures === triesBeforeTrouble) onTrouble(String(error))
      })
    return child
  }

  let desk = run()
  return {
    port() {
      const { port1, port2 } = new MessageChannelMain()
      // To a desk that has just died it goes nowhere; the windows get another at the restart.
      desk.postMessage({ type: 'window' }, [port1])
      return port2
    },
    onRestart: (listener) => {
      listeners.push(listener)
    },
    stop() {
      isStopping = true
      if (desk.pid === undefined) return Promise.resolve()
      return new Promise((resolve) => {
        const tooLong = setTimeout(() => desk.kill(), stopWithinMs)
        desk.once('exit', () => {
          clearTimeout(tooLong)
          resolve()
        })
        desk.postMessage({ type: 'stop' })
      })
    },
  }
}
