import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between desks and a server, on loopback: it counts what goes through, may be long or narrow, and can be cut. */
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

export interface LineKind {
  /** Added to each way by half. To open a connection costs nothing here, where a real line takes one more. */
  readonly roundTripMs?: number
  /** Each way of each connection. */
  readonly bytesPerSecond?: number
}

export async function openLine(server: string, kind: LineKind = {}): Promise<Line> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let isCut = false
  let openedAt: number | null = null
  const count = { down: 0, up: 0 }
  const carry = (from: Socket, to: Socket, way: 'down' | 'up') => {
    const there = delayed(to, kind, (bytes) => {
      count[way] += bytes
    })
    from.on('data', (bytes) => {
      from.pause()
      there.write(bytes, () => from.resume())
    })
    from.on('end', there.end)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      there.end()
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

/** On a narrow line a piece is on its way for some milliseconds, and a cut loses no more than that. */
const pieceBytes = 4_096

/** What is written to `to` comes there in order and not before its time; what a cut has kept from coming is not counted. */
function delayed(to: Socket, { roundTripMs = 0, bytesPerSecond }: LineKind, onCame: (bytes: number) => void) {
  let freeAt = 0
  const write = (bytes: Buffer, goOn: () => void) => {
    const now = sharedNow()
    const piece = bytesPerSecond === undefined ? bytes : bytes.subarray(0, pieceBytes)
    freeAt = Math.max(freeAt, now) + (bytesPerSecond === undefined ? 0 : (piece.length * 1000) / bytesPerSecond)
    later(freeAt + roundTripMs / 2 - now, () => {
      if (!to.writable) return
      onCame(piece.length)
      to.write(piece)
    })
    const rest = bytes.subarray(piece.length)
    // The sender's pace is the line's, and where it has none the reader's.
    const next = () => (rest.length > 0 ? write(rest, goOn) : goOn())
    later(freeAt - now, () => (to.writableNeedDrain ? to.once('drain', next) : next()))
  }
  return {
    write,
    end() {
      later(Math.max(0, freeAt - sharedNow()) + roundTripMs / 2, () => to.end())
    },
  }
}

function later(ms: number, work: () => void): void {
  if (ms <= 0) work()
  else setTimeout(work, ms)
}

/** The same instant has the same number in every process of this machine. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6
