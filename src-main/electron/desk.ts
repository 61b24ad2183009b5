import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'

export interface DeskHandle {
  /** A fresh port to the desk; ask again after each `onRestart`. */
  port(): MessagePortMain
  onRestart(listener: () => void): void
  stop(): void
}

const restartAfterMs = 300

/** Runs the desk in a process of its own and starts it again when it dies; a call goes on meanwhile. */
export function startDesk(start: { dataDir: string; server: string; sealKey: string }): DeskHandle {
  const listeners: (() => void)[] = []
  let isStopping = false
  const run = () => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'desk-process.js'), [], {
      serviceName: 'Bàn Trực 1022: desk',
      stdio: 'inherit',
    })
    child.postMessage({ type: 'start', ...start })
    child.on('exit', () => {
      if (isStopping) return
      setTimeout(() => {
        desk = run()
        for (const listener of listeners) listener()
      }, restartAfterMs)
    })
    return child
  }
  let desk = run()
  return {
    port() {
      const { port1, port2 } = new MessageChannelMain()
      desk.postMessage({ type: 'window' }, [port1])
      return port2
    },
    onRestart: (listener) => {
      listeners.push(listener)
    },
    stop() {
      isStopping = true
      desk.postMessage({ type: 'stop' })
    },
  }
}
