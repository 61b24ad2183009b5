import { once } from 'node:events'
import WebSocket from 'ws'
import { type Poke, pokeSchema } from '../../../src-shared/api/sync.ts'
import type { Running } from '../running.ts'

/** A poke connection that remembers what it was told. */
export async function listen(server: Running, token: string) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/poke?token=${token}`)
  const told: Poke[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    told.push(pokeSchema.parse(JSON.parse(String(data))))
    wake()
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  const until = async (type: Poke['type']): Promise<void> => {
    while (!told.some((poke) => poke.type === type)) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { socket, told, until, closed }
}
