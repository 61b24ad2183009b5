import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ServerApi } from '../../src-main/sync/server-api.ts'
import type { Store, Writing } from '../../sync-server/src/store/store.ts'

/** Something wrong that is put in on purpose: a simulation that does not find it proves nothing. */
export interface PlantedFault {
  readonly what: string
  /** Between the desk's engine and its network. */
  api?(api: ServerApi): ServerApi
  /** Under a server. */
  store?(store: Store): Store
  /** On a desk's disk, while it is switched off. */
  disk?(folder: string): void
}

/** Writes go through a part of the store that was changed. */
const withRegister = (
  store: Store,
  change: (register: Writing['register']) => Partial<Writing['register']>,
): Store => ({
  ...store,
  write: (work) => store.write((tx) => work({ ...tx, register: { ...tx.register, ...change(tx.register) } })),
})

/** A desk that died before it had its tables has nothing yet that could be spoilt. */
function onDisk(folder: string, sql: string): void {
  const db = new Database(join(folder, 'ban-truc.sqlite'))
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
  if (tables > 0) db.exec(sql)
  db.close()
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    what: 'a command gets another id when it is sent again',
    api(api) {
      const sent = new Map<string, number>()
      const again = (commandId: string) => {
        const times = sent.get(commandId) ?? 0
        sent.set(commandId, times + 1)
        return times === 0 ? commandId : `${commandId}-${times}`
      }
      return {
        ...api,
        push: (body) =>
          api.push({
            ...body,
            commands: body.commands.map((command) => ({ ...command, commandId: again(command.commandId) as never })),
          }),
      }
    },
  },
  {
    what: 'the server forgets the answers it gave',
    store: (store) => withRegister(store, () => ({ answerOf: async () => null })),
  },
  {
    what: 'numbers of a block are leased twice',
    store: (store) =>
      withRegister(store, (register) => ({
        lastLeased: async (year) => {
          const last = await register.lastLeased(year)
          return last === null ? null : last - 120
        },
        addCodeBlock: (block, at) => register.addCodeBlock(block, at).catch(() => undefined),
      })),
  },
  {
    what: 'a desk begins its block anew at each start, and its ledger is gone',
    disk(folder) {
      rmSync(join(folder, 'codes.ledger'), { force: true })
      onDisk(folder, 'UPDATE code_blocks SET next = first')
    },
  },
  {
    what: 'a refusal is taken for a yes',
    api: (api) => ({
      ...api,
      async push(body) {
        const answer = await api.push(body)
        const results = answer.results.map((result) => ({
          ...result,
          outcome: {
            kind: 'accepted' as const,
            lastSeq: result.outcome.kind === 'accepted' ? result.outcome.lastSeq : 1,
          },
        }))
        return { ...answer, results }
      },
    }),
  },
  {
    what: 'a desk keeps what it may not hold',
    api: (api) => ({ ...api, meet: async (meet) => ({ ...(await api.meet(meet)), holds: 'register' as const }) }),
  },
  {
    what: 'a desk does not hear that the register has another history',
    api: (api) => ({ ...api, meet: async (meet) => ({ ...(await api.meet(meet)), history: 'same' as const }) }),
  },
  {
    what: 'the outbox of a desk that died is empty',
    disk: (folder) => onDisk(folder, `DELETE FROM outbox WHERE state = 'waiting'`),
  },
  {
    what: 'a desk that died forgets by how much its clock is wrong',
    disk: (folder) => onDisk(folder, `DELETE FROM meta WHERE key = 'clock_offset_ms'`),
  },
  {
    what: 'a desk that died has lost its drafts',
    disk: (folder) => onDisk(folder, 'DELETE FROM drafts'),
  },
]
