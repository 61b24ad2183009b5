import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { accountIdSchema, type DeskId, deskIdSchema } from '../../../src-shared/ids.ts'
import { openRegister, type Register } from '../../../sync-server/src/cases/register.ts'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import type { Session, Store, StoredAccount } from '../../../sync-server/src/store/store.ts'
import { referenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { demonstrationReference } from '../../fixtures/province.ts'
import { openInput } from '../../server/running.ts'
import { startCluster } from '../../server/store/postgres.ts'
import { type Bench, circumstances, interleaved, table } from '../bench.ts'

const now = fromIso('2026-10-05T08:00:00+07:00')
const clock = { now: () => now }
const agent: StoredAccount = {
  id: accountIdSchema.parse('tdv-do-luong'),
  username: 'do.luong',
  name: 'Nguyễn Thị Bé Bảy',
  role: 'agent',
  title: '',
  phone: '',
  passwordHash: null,
  isDisabled: false,
}

export const bench: Bench = {
  title: 'Commands a second that the register takes, on SQLite and on PostgreSQL',
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'bt1022-push-'))
    const cluster = await startCluster({ isDurable: true })
    const url = await cluster.database()
    const stores: Store[] = []
    const opened = async (store: Promise<Store>): Promise<Store> => {
      stores.push(await store)
      return store
    }
    try {
      const servers: [string, Register[]][] = [
        ['SQLite', [registerOn(await opened(openSqliteStore(join(dir, 'register.sqlite'))))]],
        ['PostgreSQL', [registerOn(await opened(openPostgresStore(url)))]],
        [
          'PostgreSQL, two stores',
          [registerOn(await opened(openPostgresStore(url))), registerOn(await opened(openPostgresStore(url)))],
        ],
      ]
      const rates = await interleaved(
        (await Promise.all(servers.map(([name, registers]) => contestants(name, registers)))).flat(),
        5,
      )
      const rate = (name: string, way: string) => rates.get(`${name}: ${way}`)!
      const rows = servers.map(([name]) => [name, ...ways.map((way) => rate(name, way))])
      return `${table(['commands a second', ...ways], rows)}\n\nEvery commit is on the disk (synchronous=FULL, fsync=on). ${circumstances()}\n`
    } finally {
      for (const store of stores) await store.close()
      await cluster.remove()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

const ways = ['after an outage, 200 at once', 'one desk, one by one', '16 desks, one by one each'] as const

async function contestants(name: string, registers: readonly Register[]) {
  const desks = await Promise.all(
    Array.from({ length: 17 }, (_, i) => deskOn(registers[i % registers.length]!, `${name.replace(/\W/g, '')}-${i}`)),
  )
  const [lonely, ...others] = desks
  return [
    {
      name: `${name}: ${ways[0]}`,
      run: async () => lonely!(200, 200),
    },
    {
      name: `${name}: ${ways[1]}`,
      run: async () => lonely!(40, 1),
    },
    {
      name: `${name}: ${ways[2]}`,
      run: async () => (await Promise.all(others.map((push) => push(10, 1)))).reduce((sum, each) => sum + each, 0),
    },
  ]
}

function registerOn(store: Store): Register {
  return openRegister({ store, clock, reference: referenceBook(demonstrationReference(1), clock), newId: uuidv7 })
}

/** A desk that sends so many new cases, so many at a time. */
async function deskOn(register: Register, id: string): Promise<(count: number, together: number) => Promise<number>> {
  const deskId: DeskId = deskIdSchema.parse(id)
  const session: Session = { tokenHash: id, account: agent, deskId, caseId: null, expiresAt: now + 1 }
  const codes: string[] = []
  let n = 0
  const command = (): Command => {
    n += 1
    return {
      commandId: uuidv7(),
      deskId,
      n,
      actor: { kind: 'person', accountId: agent.id, name: agent.name, role: agent.role },
      madeAt: toIso(now),
      caseId: uuidv7(),
      name: 'case.open',
      input: openInput(codes.shift()!),
    } as unknown as Command
  }
  return async (count, together) => {
    while (codes.length < count) {
      const block = await register.leaseCodes(deskId, 2026, 500)
      for (let number = block.from; number <= block.to; number += 1) codes.push(formatCode(2026, number))
    }
    for (let sent = 0; sent < count; sent += together) {
      const { results } = await register.push(session, deskId, Array.from({ length: together }, command))
      for (const { outcome } of results) if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
    }
    return count
  }
}
