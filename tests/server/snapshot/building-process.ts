import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { buildSnapshot } from '../../../sync-server/src/snapshot/build.ts'
import { partFiles } from '../../../sync-server/src/snapshot/part-files.ts'
import { openShelf } from '../../../sync-server/src/snapshot/shelf.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { referenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { readRegisterId } from '../../../sync-server/src/sync/register-id.ts'
import { demonstrationReference } from '../../fixtures/province.ts'

/** Makes one snapshot after another of a register that seems to grow, and says after each how far it came; to be killed at any point. */
const [dataDir, from, step, now] = process.argv.slice(2) as [string, ...string[]]
const clock = { now: () => Number(now) }
const { read } = await openSqliteStore(join(dataDir, 'register.sqlite'))
const registerId = (await readRegisterId(read.reference))!
const lastSeq = await read.register.lastSeq()
const files = partFiles(join(dataDir, 'snapshot'), 0)
const shelf = openShelf(files, registerId, clock)
const reference = referenceBook(demonstrationReference(1), clock)
process.stdout.write('begun\n')
for (let upTo = Number(from); upTo <= lastSeq; upTo += Number(step)) {
  const order = { registerId, upTo, reference, now: clock.now(), id: uuidv7() }
  shelf.add(await buildSnapshot(files, order, read.register.eventsAfter))
  process.stdout.write(`${upTo}\n`)
}
process.exit(0)
