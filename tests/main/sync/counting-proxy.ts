import { Agent, createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/** Stands before a server and writes down what a desk asks: `POST /api/sync/meet`; a socket is `WS /api/sync/poke`. */
export interface CountingProxy {
  readonly url: string
  readonly asked: string[]
  /** The next requests whose line begins so are answered like this instead. */
  answer(line: string, status: number, body: unknown): void
  close(): Promise<void>
}

export async function openCountingProxy(server: string): Promise<CountingProxy> {
  const target = new URL(server)
  const asked: string[] = []
  const answers = new Map<string, { status: number; body: unknown }>()
  const agent = new Agent({ keepAlive: true })
  const proxy = createServer((from, to) => {
    const line = `${from.method} ${from.url?.split('?')[0]}`
    asked.push(line)
    const own = answers.get(line)
    if (own !== undefined) {
      from.resume()
      to.writeHead(own.status, { 'content-type': 'application/json' }).end(JSON.stringify(own.body))
      return
    }
    const { hostname, port } = target
    const onward = request({ hostname, port, path: from.url, method: from.method, headers: from.headers, agent })
    onward.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    onward.on('error', () => to.destroy())
    from.pipe(onward)
  })
  const sockets = new Set<{ destroy(): void }>()
  proxy.on('connection', (socket) => sockets.add(socket))
  proxy.on('upgrade', (from, socket, head) => {
    asked.push(`WS ${from.url?.split('?')[0]}`)
    const onward = connect(Number(target.port), target.hostname, () => {
      const headers = Object.entries(from.headers).map(([name, value]) => `${name}: ${value}`)
      onward.write(`GET ${from.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    socket.on('close', () => onward.destroy())
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    answer: (line, status, body) => void answers.set(line, { status, body }),
    async close() {
      agent.destroy()
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => proxy.close(done))
    },
  }
}
