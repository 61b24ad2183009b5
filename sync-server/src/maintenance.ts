import { reportQuerySchema } from '../../src-shared/api/deadlines.ts'
import { accountIdSchema, agencyIdSchema } from '../../src-shared/ids.ts'
import { roleSchema } from '../../src-shared/people/roles.ts'
import { hashPassword } from './auth/passwords.ts'
import { verifyRegister } from './cases/verify-register.ts'
import { makeDeadlineReport, printed } from './reports/deadline-report.ts'
import type { Server } from './server.ts'

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
): Promise<{ said: object; exitCode: number }> {
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

const usage = {
  said: {
    usage: [
      'rebuild',
      'verify',
      'report <from> <to> [seq] [asOf], instants like 2026-09-25T12:00:00+07:00',
      'account <username> <role> <name> [agencyId], with BT1022_ACCOUNT_PASSWORD of 8 characters or more',
    ],
  },
  exitCode: 2,
}
