import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { writeMany } from './write-many.ts'

/** `node writing-process.ts <url> <name> <stores> <writers> <commits>`: says on stdout what was answered. */
const [url, name, stores, writers, commits] = process.argv.slice(2)
const open = await Promise.all(Array.from({ length: Number(stores) }, () => openPostgresStore(url!)))
const answered = await writeMany(open, name!, Number(writers), Number(commits))
await Promise.all(open.map((store) => store.close()))
process.stdout.write(JSON.stringify(answered))
