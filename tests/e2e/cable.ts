import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The network cable of one desk: pulled out, that desk alone has no server, and the others work on. */
export interface Cable {
  readonly url: string
  pull(): void
  plugIn(): void
  close(): Promise<void>
}

export async function layCable(serverUrl: string): Promise<Cable> {
  const port = Number(new URL(serverUrl).port)
  const ends = new Set<Socket>()
  let isIn = true
  const server = createServer((near) => {
    if (!isIn) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const cut = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull() {
      isIn = false
      cut()
    },
    plugIn() {
      isIn = true
    },
    async close() {
      cut()
      await new Promise((done) => server.close(done))
    },
  }
}
