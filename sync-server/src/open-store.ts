import { join } from 'node:path'
import { type Config, ConfigProblem, withoutPassword } from './config.ts'
import { NewerRegister } from './store/migrations/migrate.ts'
import { openPostgresStore } from './store/postgres.ts'
import { openSqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'

export const embeddedFile = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'register.sqlite')

/**
 * The register where the settings say it is.
 * @throws ConfigProblem in words for whoever starts the server
 */
export function openStore(config: Config): Promise<Store> {
  return config.databaseUrl === null ? embedded(config) : onPostgres(config, config.databaseUrl)
}

async function embedded(config: Config): Promise<Store> {
  const file = embeddedFile(config)
  return openSqliteStore(file).catch((failure: unknown) => {
    const { language } = config
    if (failure instanceof NewerRegister) {
      throw new ConfigProblem(language, 'config.database-newer', { file, step: failure.step })
    }
    throw new ConfigProblem(language, isDamage(failure) ? 'config.database-damaged' : 'config.database', {
      file,
      reason: reasonOf(failure),
    })
  })
}

async function onPostgres({ language }: Config, databaseUrl: string): Promise<Store> {
  const url = withoutPassword(databaseUrl)
  return openPostgresStore(databaseUrl).catch((failure: unknown) => {
    if (failure instanceof NewerRegister) {
      throw new ConfigProblem(language, 'config.postgres-newer', { url, step: failure.step })
    }
    throw new ConfigProblem(language, 'config.postgres', { url, reason: reasonOf(failure) })
  })
}

/** Several addresses that all refuse make an error without words of its own. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure)
  return failure.message || ('code' in failure ? String(failure.code) : failure.name)
}

const isDamage = (failure: unknown): boolean =>
  failure instanceof Error &&
  'code' in failure &&
  (failure.code === 'SQLITE_NOTADB' || String(failure.code).startsWith('SQLITE_CORRUPT'))
