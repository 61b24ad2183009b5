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
 * The same on a line of 10 Mbit/s that is cut again and again, each time after the next twentieth of what the whole takes (P3).
 * @returns which share of the bytes went over the line more than once.
 */
export async function repeatedShare(server: BigServer, cases: number, wireMb: number): Promise<number> {
  const { line, openDesk, close } = await ourCarrier(server, { bytesPerSecond: 1_250_000 })
  const desk = await openDesk()
  const pieces = 20
  let cuts = 0
  const watch = setInterval(() => {
    if (line.downBytes / 1e6 < ((cuts + 1) * wireMb) / pieces || cuts === pieces - 1) return
    cuts += 1
    line.cut()
    line.mend()
  }, 1)
  const pulled = await desk.pull().finally(() => clearInterval(watch))
  if (pulled.cases !== cases) throw new Error(`${pulled.cases} cases of ${cases} after ${cuts} cuts`)
  const share = (line.downBytes + line.upBytes) / 1e6 / wireMb - 1
  await desk.close()
  await close()
  return share
}
