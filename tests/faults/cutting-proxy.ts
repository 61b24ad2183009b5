import { createConnection, createServer, type Socket } from 'node:net'
import { parseArgs } from 'node:util'

/** Which way bytes go, as the desk sees it. */
export type Way = 'up' | 'down'

/** A cut after exactly so many bytes one way, counted over all connections from now on. */
export interface Cut {
  readonly way: Way
  readonly afterBytes: number
  /** `reset` and `close` end every connection; `silence` leaves them open and lets nothing through any more. */
  readonly how: 'reset' | 'close' | 'silence'
}

/** A bad line: TCP between a desk and a server that stops, stutters, crawls and breaks when told. */
export interface CuttingProxy {
  readonly url: string
  /** Where the server is now: it comes back elsewhere after a restart. */
  pointTo(server: string): void
  /** Once. @returns when it happened; it may never. */
  cut(cut: Cut): Promise<void>
  /** The cut that has not come is not to come any more. */
  disarm(): void
  /** Breaks what is open and turns away what comes, until `restore`. */
  breakOff(): void
  restore(): void
  /** Milliseconds each way, for what passes from now on. */
  setDelay(milliseconds: number): void
  /** Each way, over all connections; null for no limit. */
  setRate(bytesPerSecond: number | null): void
  /** Bytes that went through since the last time this was asked. */
  takeBytes(): { up: number; down: number }
  /** When the last byte passed, epoch milliseconds. */
  lastByteAt(): number
  remove(): Promise<void>
}

export async function openCuttingProxy(server: string, { host = '127.0.0.1', port = 0 } = {}): Promise<CuttingProxy> {
  let target = new URL(server)
  let isBroken = false
  let delayMs = 0
  let bytesPerSecond: number | null = null
  let bytes = { up: 0, down: 0 }
  let lastByteAt = 0
  let armed: { cut: Cut; left: number; done: () => void } | null = null
  // The wire is one for all connections: what goes first holds up what comes after.
  const freeAt = { up: 0, down: 0 }
  const open = new Set<{ end(how: 'reset' | 'close'): void; silence(): void }>()

  const strike = () => {
    const { cut, done } = armed!
    armed = null
    for (const line of [...open]) cut.how === 'silence' ? line.silence() : line.end(cut.how)
    done()
  }

  const listener = createServer({ allowHalfOpen: true }, (desk) => {
    if (isBroken) {
      desk.resetAndDestroy()
      return
    }
    const far = createConnection({ host: target.hostname, port: Number(target.port), allowHalfOpen: true })
    let isSilent = false
    const line = {
      end(how: 'reset' | 'close') {
        open.delete(line)
        for (const socket of [desk, far]) how === 'reset' ? socket.resetAndDestroy() : socket.destroy()
      },
      silence() {
        isSilent = true
      },
    }
    open.add(line)
    for (const socket of [desk, far]) {
      socket.setNoDelay(true)
      socket.on('error', () => line.end('reset'))
      socket.on('close', () => line.end('close'))
    }

    const deliver = (way: Way, to: Socket, chunk: Buffer) => {
      if (isSilent || to.destroyed) return
      lastByteAt = Date.now()
      const isArmed = armed !== null && armed.cut.way === way
      const passes = isArmed ? Math.min(chunk.length, armed!.left) : chunk.length
      bytes[way] += passes
      if (isArmed) armed!.left -= passes
      const isCut = isArmed && armed!.left === 0 && (passes < chunk.length || armed!.cut.afterBytes > 0)
      if (!isCut) {
        to.write(chunk)
        return
      }
      to.write(chunk.subarray(0, passes), () => armed !== null && strike())
      isSilent = true
    }

    const carry = (way: Way, from: Socket, to: Socket) => {
      from.on('data', (chunk: Buffer) => {
        const now = Date.now()
        if (bytesPerSecond !== null) {
          freeAt[way] = Math.max(freeAt[way], now) + (chunk.length / bytesPerSecond) * 1000
        }
        const waitMs = delayMs + (bytesPerSecond === null ? 0 : freeAt[way] - now)
        if (waitMs <= 0) {
          deliver(way, to, chunk)
          return
        }
        // A wire holds what is on its way and no more.
        if (waitMs > delayMs + 200) {
          from.pause()
          setTimeout(() => from.resume(), waitMs - delayMs - 100)
        }
        setTimeout(() => deliver(way, to, chunk), waitMs)
      })
      from.on('end', () => {
        const waitMs = delayMs + Math.max(0, freeAt[way] - Date.now())
        const end = () => {
          if (!isSilent) to.end()
        }
        waitMs <= 0 ? end() : setTimeout(end, waitMs)
      })
    }
    carry('up', desk, far)
    carry('down', far, desk)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(port, host, resolve)
  })
  const address = listener.address() as { port: number }

  return {
    url: `http://${host}:${address.port}`,
    pointTo(to) {
      target = new URL(to)
    },
    cut: (cut) =>
      new Promise((done) => {
        armed = { cut, left: cut.afterBytes, done }
      }),
    disarm() {
      armed = null
    },
    breakOff() {
      isBroken = true
      for (const line of [...open]) line.end('reset')
    },
    restore() {
      isBroken = false
    },
    setDelay(milliseconds) {
      delayMs = milliseconds
    },
    setRate(rate) {
      bytesPerSecond = rate
    },
    takeBytes() {
      const taken = bytes
      bytes = { up: 0, down: 0 }
      return taken
    },
    lastByteAt: () => lastByteAt,
    async remove() {
      const closed = new Promise((resolve) => listener.close(resolve))
      for (const line of [...open]) line.end('reset')
      await closed
    },
  }
}

// A program of its own where it has to stand in another network than the test.
if (import.meta.main) {
  const { values } = parseArgs({
    options: { server: { type: 'string' }, delay: { type: 'string', default: '0' }, rate: { type: 'string' } },
  })
  const proxy = await openCuttingProxy(values.server!)
  proxy.setDelay(Number(values.delay))
  if (values.rate !== undefined) proxy.setRate(Number(values.rate))
  process.stdout.write(`${JSON.stringify({ listening: proxy.url })}\n`)
}
