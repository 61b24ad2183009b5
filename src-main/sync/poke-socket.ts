import WebSocket from 'ws'
import { type Poke, pokeSchema } from '../../src-shared/api/sync.ts'
import { parseJson } from './http.ts'

const handshakeMs = 10_000
const pingMs = 15_000

/** The socket on which the server only says that there is something (S14). `close` is called once, whoever ends it. */
export function openPoke(
  baseUrl: string,
  token: string | null,
  on: { poke(poke: Poke): void; close(why: string): void },
): { close(): void } {
  const url = new URL('/api/sync/poke', baseUrl)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const socket = new WebSocket(url, { headers, handshakeTimeout: handshakeMs })
  let isOver = false
  let isHeard = false
  const over = (why: string) => {
    if (isOver) return
    isOver = true
    clearInterval(watch)
    socket.terminate()
    on.close(why)
  }
  // A link that fell silent without a FIN is found by our own pings.
  const watch = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return
    if (!isHeard) return over('no answer to ping')
    isHeard = false
    socket.ping()
  }, pingMs)
  watch.unref()
  const heard = () => {
    isHeard = true
  }
  socket.on('open', heard)
  socket.on('pong', heard)
  socket.on('message', (data) => {
    heard()
    const poke = pokeSchema.safeParse(parseJson(String(data)))
    if (poke.success && !isOver) on.poke(poke.data)
  })
  socket.on('error', (error) => over(error.message))
  socket.on('close', (code, reason) => over(reason.toString() || `closed ${code}`))
  return { close: () => over('closed here') }
}
