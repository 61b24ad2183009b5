import { existsSync } from 'node:fs'
import { reportQuerySchema } from '../../src-shared/api/deadlines.ts'
import { accountIdSchema, agencyIdSchema } from '../../src-shared/ids.ts'
import { roleSchema } from '../../src-shared/people/roles.ts'
import { hashPassword } from './auth/passwords.ts'
import { verifyRegister } from './cases/verify-register.ts'
import { type Config, ConfigProblem, isPostgresUrl, withoutPassword } from './config.ts'
import { embeddedFile, reasonOf } from './open-store.ts'
import { makeDeadlineReport, printed } from './reports/deadline-report.ts'
import type { Server } from './server.ts'
import { NewerRegister } from './store/migrations/migrate.ts'
import { moveToPostgres } from './store/move-to-postgres.ts'

export interface Done {
  /** For stdout. */
  readonly said: object
  readonly exitCode: number
}

/**
 * `move-to-postgres [url]`: the embedded register of the data folder, whole, into an empty database; without an address into the
 * one of the settings, where a password stands in no list of processes. It is no task of a server, which would begin by
 * bringing the register up to date: here it is only read.
 * @throws ConfigProblem where either cannot be opened
 */
export async function move(config: Config, url = config.databaseUrl): Promise<Done> {
  if (url === null || !isPostgresUrl(url)) return usage
  const file = embeddedFile(config)
  if (!existsSync(file)) {
    throw new ConfigProblem(config.language, 'config.database', { file, reason: 'ENOENT' })
  }
  const moved = await moveToPostgres(file, url, verifyRegister).catch((failure: unknown) => {
    throw registerTrouble(failure, file, url, config)
  })
  return 'refused' in moved ? { said: moved, exitCode: 1 } : { said: { moved }, exitCode: 0 }
}

/** In words for whoever gave the command; a fault of ours stays as it is. */
export function registerTrouble(failure: unknown, file: string, url: string | null, { language }: Config): unknown {
  if (failure instanceof NewerRegister) {
    return new ConfigProblem(language, 'config.database-newer', { file, step: failure.step })
  }
  const reason = reasonOf(failure)
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  if (code.startsWith('SQLITE_')) return new ConfigProblem(language, 'config.database', { file, reason })
  // The driver's errors carry a code; one without is a fault of ours, and is shown whole.
  if (code === '' || url === null) return failure
  return new ConfigProblem(language, 'config.postgres', { url: withoutPassword(url), reason })
}

/**
 * What is done to a register from the command line while no server runs on it:
 *
 * - `rebuild`: throw every projection away and fold the events anew;
 * - `verify`: recompute every chain;
 * - `report <from> <to> [seq] [asOf]`: print a deadline report, or an earlier one again;
 * - `account <username> <role> <name> [agencyId]`: make an account, or give it another password, which is read from
 *   BT1022_ACCOUNT_PASSWORD so that it stands in no list of processes.
 *
 * @returns words for stdout and the exit code.
 */
export async function maintain(
  server: Pick<Server, 'deps'>,
  [task, ...rest]: readonly string[],
  password: string | undefined,
): Promise<Done> {
  const { store, register, clock } = server.deps
  switch (task) {
    case 'rebuild':
      return { said: await register.rebuild(), exitCode: 0 }
    case 'verify': {
      const verdict = await verifyRegister(store.read)
      return { said: verdict, exitCode: verdict.ok ? 0 : 1 }
    }
    case 'report': {
      const [from, to, seq, asOf] = rest
      const query = reportQuerySchema.safeParse({ from, to, seq, asOf })
      if (!query.success) return usage
      const report = await makeDeadlineReport(query.data, server.deps)
      return 'refused' in report ? { said: report, exitCode: 1 } : { said: printed(report), exitCode: 0 }
    }
    case 'account': {
      const [username = '', role, name = '', agencyId] = rest
      if (!/^[a-z0-9][a-z0-9.-]{1,39}$/.test(username) || name === '' || (password ?? '').length < 8) return usage
      const parsedRole = roleSchema.safeParse(role)
      if (!parsedRole.success) return usage
      const known = await store.read.people.accountByUsername(username)
      const account = {
        id: known?.id ?? accountIdSchema.parse(`tk-${username}`),
        username,
        name: name.normalize('NFC'),
        role: parsedRole.data,
        ...(agencyId === undefined ? {} : { agencyId: agencyIdSchema.parse(agencyId) }),
        title: known?.title ?? '',
        phone: known?.phone ?? '',
        passwordHash: await hashPassword(password!),
        isDisabled: false,
      }
      await store.write((tx) => tx.people.putAccount(account, clock.now()))
      await server.deps.sessions.endAllOf(account.id, 'password-changed')
      return { said: { account: account.id, role: account.role }, exitCode: 0 }
    }
    default:
      return usage
  }
}

export const usage: Done = {
  said: {
    usage: [
      'rebuild',
      'verify',
      'report <from> <to> [seq] [asOf], instants like 2026-09-25T12:00:00+07:00',
      'move-to-postgres [postgres://…]',
      'backup <folder>, also while servers run',
      'restore <backup file> [postgres://…], into a place where no register is',
      'account <username> <role> <name> [agencyId], with BT1022_ACCOUNT_PASSWORD of 8 characters or more',
    ],
  },
  exitCode: 2,
}
