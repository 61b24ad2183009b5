import { type Bench, circumstances, table } from '../bench.ts'
import { type Carrier, ourCarrier, ours, peerCarriers } from './carriers.ts'
import { demoPassword } from './big-register.ts'
import { firstSync } from './first-sync.ts'
import { goalTable, ratioOf } from './goals.ts'
import { bareLimits, limits } from './limits.ts'
import { inTurns } from './rounds.ts'
import { type RowFiles, writeRows } from './rows.ts'
import { type BigServer, startBigServer } from './server.ts'

const cases = Number(process.env.BENCH_ROWS ?? '10000')
const rounds = Number(process.env.BENCH_ROUNDS ?? '5')

/** P2: a new desk takes the register as a snapshot, search index included. */
export const bench: Bench = {
  title: `First sync of ${cases.toLocaleString('en-US')} cases by snapshot`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const server = await startBigServer(cases, { BT1022_SNAPSHOT_FROM_EVENTS: '1' })
    const carriers: Carrier[] = []
    try {
      const making = await untilMade(server)
      const rows = await writeRows(server.dataDir)
      carriers.push(await ourCarrier(server))
      const peers = await peerCarriers(rows)
      if (typeof peers !== 'string') carriers.push(...peers)
      const turns = carriers.map((each) => [each.name, () => firstSync(each, cases)] as const)
      const taken = await inTurns(new Map([...bareLimits(rows), ...turns]), rounds)
      const missing = typeof peers === 'string' ? `There are no peers: ${peers}.\n\n` : ''
      return `${missing}${report(taken, carriers, rows, making)}\n\n${facts}`
    } finally {
      for (const carrier of carriers) await carrier.close()
      await server.close()
    }
  },
}
