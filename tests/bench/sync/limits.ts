import { openChild } from './children.ts'
import type { Figures } from './rounds.ts'
import type { RowFiles } from './rows.ts'

export const limits = {
  cases: 'limit: parse and insert the cases',
  casesAndSearch: 'limit: the same with a search index',
  events: 'limit: parse and insert the events',
  http: 'limit: the events over bare HTTP, only counted',
} as const

/** What cannot be left out, each in a process of its own. */
export function bareLimits({ casesFile, eventsFile, events }: RowFiles): Map<string, () => Promise<Figures>> {
  const alone = (verb: string, input: object) => async (): Promise<Figures> => {
    const child = await openChild('limit-child.ts')
    const before = child.cpuSeconds()
    const ms = await child.ask<number>(verb, input)
    const taken = { ms, deskCpu: child.cpuSeconds() - before, deskMb: child.peakMb() }
    await child.stop()
    return taken
  }
  const overHttp = async (): Promise<Figures> => {
    const [server, client] = [await openChild('limit-child.ts'), await openChild('limit-child.ts')]
    const before = client.cpuSeconds()
    const url = await server.ask<string>('serve', { file: eventsFile })
    const ms = await client.ask<number>('read', { url, count: events })
    const taken = { ms, deskCpu: client.cpuSeconds() - before, deskMb: client.peakMb() }
    await Promise.all([server.stop(), client.stop()])
    return taken
  }
  return new Map([
    [limits.cases, alone('insertCases', { file: casesFile, search: false })],
    [limits.casesAndSearch, alone('insertCases', { file: casesFile, search: true })],
    [limits.events, alone('insertEvents', { file: eventsFile })],
    [limits.http, overHttp],
  ])
}
