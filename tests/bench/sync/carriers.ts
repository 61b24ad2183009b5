import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deskMemoryFlag } from '../../../src-main/desk-memory.ts'
import { demoPassword } from './big-register.ts'
import { type Child, openChild, type Usage } from './children.ts'
import { type Line, type LineKind, openLine } from './line.ts'
import { installPeers } from './peers/install.ts'
import type { Figures } from './rounds.ts'
import type { RowFiles } from './rows.ts'
import type { BigServer } from './server.ts'

/** One way of having a server's cases on a desk: its server, and desks that come to it one after another. */
export interface Carrier {
  readonly name: string
  readonly line: Line
  readonly server: Usage
  /** A desk that has nothing yet. */
  openDesk(execArgv?: readonly string[]): Promise<CarrierDesk>
  close(): Promise<void>
}

export interface CarrierDesk {
  readonly child: Child
  /** Takes everything the server has, for the first time. */
  pull(): Promise<Pulled>
  /** The link was gone and comes back, and there is nothing new: how long it takes to know that (ms). */
  reconnect(): Promise<number>
  /** So many cases are changed without a link, and then it comes back: until the server has taken them all. */
  editAndPush(count: number, round: number): Promise<Pushed>
  close(): Promise<void>
}

export interface Pulled {
  readonly ms: number
  /** Until search finds everything too, where there is one. */
  readonly searchableMs?: number
  readonly cases: number
}

export interface Pushed extends Figures {
  readonly ms: number
  readonly deskCpu: number
  readonly serverCpu: number
}

export const ours = 'Bàn Trực'

/** The desk and the server of this product. */
export async function ourCarrier(server: BigServer, kind: LineKind = {}): Promise<Carrier> {
  const line = await openLine(server.url, kind)
  return {
    name: ours,
    line,
    server,
    async openDesk(execArgv) {
      const dir = mkdtempSync(join(tmpdir(), 'bt1022-bench-desk-'))
      const child = await openChild('desk-child.ts', [deskMemoryFlag, ...(execArgv ?? [])])
      await child.ask('open', { dataDir: dir, server: line.url })
      /** From the first connection that gets through again; how long the desk waits before it tries is not counted. */
      const away = async (meanwhile: () => Promise<unknown>): Promise<Pushed> => {
        line.cut()
        await child.ask('untilOffline')
        await meanwhile()
        return alsoCpu(child, server, async () => {
          line.mend()
          const inStepAt = await child.ask<number>('untilInStep')
          return inStepAt - line.openedAt!
        })
      }
      return {
        child,
        pull: () => child.ask<Pulled>('firstSync', { username: 'ha.lt', password: demoPassword }),
        reconnect: async () => (await away(async () => {})).ms,
        editAndPush: (count, round) => away(() => child.ask('edit', { count, round })),
        async close() {
          await child.ask('close')
          await child.stop()
          rmSync(dir, { recursive: true, force: true })
        },
      }
    },
    close: () => line.close(),
  }
}

async function alsoCpu(desk: Usage, server: Usage, work: () => Promise<number>): Promise<Pushed> {
  const [deskBefore, serverBefore] = [desk.cpuSeconds(), server.cpuSeconds()]
  const ms = await work()
  return { ms, deskCpu: desk.cpuSeconds() - deskBefore, serverCpu: server.cpuSeconds() - serverBefore }
}

/** PouchDB and RxDB, their servers filled with the same cases; in words why there are none. */
export async function peerCarriers({ casesFile }: RowFiles): Promise<Carrier[] | string> {
  const installed = installPeers()
  if ('missing' in installed) return installed.missing
  const { folder } = installed
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-bench-peers-'))
  const open = async (name: string, module: string): Promise<Carrier> => {
    const server = await openChild(module)
    await server.ask('open', { folder, dir: join(dir, `${name}-server`) })
    await server.ask('fill', { file: casesFile })
    const served = new URL(await server.ask<string>('serve', { dir }))
    const line = await openLine(served.origin)
    let desks = 0
    return {
      name,
      line,
      server,
      async openDesk(execArgv) {
        desks += 1
        const child = await openChild(module, execArgv)
        const place = join(dir, `${name}-desk-${desks}`)
        const url = line.url + served.pathname.replace(/\/$/, '')
        await child.ask('open', { folder, dir: place })
        return {
          child,
          pull: () => child.ask<Pulled>('pull', { url }),
          reconnect: async () => (await child.ask<Pulled>('pull', { url })).ms,
          async editAndPush(count, round) {
            await child.ask('edit', { count, round })
            return alsoCpu(child, server, async () => (await child.ask<{ ms: number }>('push', { url })).ms)
          },
          async close() {
            await child.stop()
            rmSync(place, { recursive: true, force: true })
          },
        }
      },
      async close() {
        await line.close()
        await server.stop()
        rmSync(dir, { recursive: true, force: true })
      },
    }
  }
  return [await open('PouchDB', 'peers/pouch-child.ts'), await open('RxDB', 'peers/rx-child.ts')]
}
