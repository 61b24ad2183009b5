import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A line between desks and a server, on loopback: it counts what goes through, may be slow, and can be cut. */
export interface Line {
  readonly url: string
  readonly downBytes: number
  readonly upBytes: number
  /** When the first connection since the last cut was opened, by the clock all processes share (ms); null before it. */
  readonly openedAt: number | null
  /** Ends every connection; nobody gets through until `mend`. */
  cut(): void
  mend(): void
  resetCount(): void
  close(): Promise<void>
}

/** @param roundTripMs is added to each way by half. Opening a connection costs nothing here, where a real line takes one more. */
export async function openLine(server: string, roundTripMs = 0): Promise<Line> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let isCut = false
  let openedAt: number | null = null
  const count = { down: 0, up: 0 }
  const carry = (from: Socket, to: Socket, way: 'down' | 'up') => {
    from.on('data', (bytes) => {
      count[way] += bytes.length
      if (roundTripMs > 0) setTimeout(() => to.writable && to.write(bytes), roundTripMs / 2)
      else if (!to.write(bytes)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
    })
    from.on('end', () => setTimeout(() => to.end(), roundTripMs / 2))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      setTimeout(() => to.destroy(), roundTripMs)
    })
  }
  const proxy = createServer((near) => {
    if (isCut) return near.destroy()
    openedAt ??= sharedNow()
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
    }
    carry(near, far, 'up')
    carry(far, near, 'down')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    get downBytes() {
      return count.down
    },
    get upBytes() {
      return count.up
    },
    get openedAt() {
      return openedAt
    },
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
      openedAt = null
    },
    resetCount() {
      count.down = 0
      count.up = 0
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        proxy.close(() => resolve())
      }),
  }
}

/** The same instant has the same number in every process of this machine. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6
