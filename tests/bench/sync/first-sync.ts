import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { demoPassword } from './big-register.ts'
import { type Carrier, ourCarrier } from './carriers.ts'
import type { Figures } from './rounds.ts'
import type { BigServer } from './server.ts'

/** A desk that has nothing takes everything. */
export async function firstSync({ line, server, openDesk, name }: Carrier, cases: number): Promise<Figures> {
  const desk = await openDesk()
  line.resetCount()
  const [deskBefore, serverBefore] = [desk.child.cpuSeconds(), server.cpuSeconds()]
  const pulled = await desk.pull()
  if (pulled.cases !== cases) throw new Error(`${name}: ${pulled.cases} cases of ${cases}`)
  const figures = {
    ms: pulled.ms,
    searchableMs: pulled.searchableMs ?? pulled.ms,
    deskCpu: desk.child.cpuSeconds() - deskBefore,
    serverCpu: server.cpuSeconds() - serverBefore,
    deskMb: desk.child.peakMb(),
    wireMb: (line.downBytes + line.upBytes) / 1e6,
  }
  await desk.close()
  return figures
}

/**
 * The same on a line of 10 Mbit/s that is cut again and again, each time after the next twentieth of what the whole takes (P3). A
 * stream that begins anew has nothing to refer to yet, and is larger for it: that is told apart from what is sent twice.
 * @returns bytes over the line, beside those of one whole stream and of as many that each went through
 */
export async function cutSync(
  server: BigServer,
  cases: number,
  wireMb: number,
): Promise<{ besideWhole: number; twice: number }> {
  const { line, openDesk, close } = await ourCarrier(server, { bytesPerSecond: 1_250_000 })
  const desk = await openDesk()
  let cuts = 0
  const watch = setInterval(() => {
    if (line.downBytes / 1e6 < ((cuts + 1) * wireMb) / pieces || cuts === pieces - 1) return
    cuts += 1
    line.cut()
    line.mend()
  }, 1)
  const pulled = await desk.pull().finally(() => clearInterval(watch))
  if (pulled.cases !== cases) throw new Error(`${pulled.cases} cases of ${cases} after ${cuts} cuts`)
  const cutMb = (line.downBytes + line.upBytes) / 1e6
  await desk.close()
  await close()
  const inPiecesMb = await wholePieces(server)
  return { besideWhole: cutMb / wireMb - 1, twice: Math.max(0, cutMb / inPiecesMb - 1) }
}

const pieces = 20

/** The same events by twenty streams of which each goes through, megabytes as they come over the line. */
async function wholePieces({ url, events }: BigServer): Promise<number> {
  const body = JSON.stringify({ username: 'ha.lt', password: demoPassword, deskId: 'bench-pieces' })
  const signedIn = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { token } = (await signedIn.json()) as { token: string }
  const limit = Math.ceil(events / pieces)
  let bytes = 0
  for (let cursor = 0; cursor < events; cursor += limit) {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'zstd' }
    const [answer] = (await once(
      get(`${url}/api/sync/pull?cursor=${cursor}&limit=${limit}`, { headers }),
      'response',
    )) as [IncomingMessage]
    if (answer.statusCode !== 200) throw new Error(`a pull answered ${answer.statusCode}`)
    for await (const chunk of answer) bytes += (chunk as Buffer).length
  }
  return bytes / 1e6
}
