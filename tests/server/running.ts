import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { formatCode } from '../../src-shared/cases/codes.ts'
import type { Command, CommandInput, CommandName } from '../../src-shared/cases/commands.ts'
import { fromIso, toIso } from '../../src-shared/deadlines/instants.ts'
import { type Account, accountSchema, actorOf } from '../../src-shared/people/roles.ts'
import { hashPassword } from '../../sync-server/src/auth/passwords.ts'
import type { SteerableClock } from '../../sync-server/src/clock.ts'
import { readConfig } from '../../sync-server/src/config.ts'
import { createServer, type Server, type ServerParts } from '../../sync-server/src/server.ts'

/** A clock that stands still until it is told otherwise. */
export function stoppedClock(at: string): SteerableClock {
  let instant = fromIso(at)
  return {
    now: () => instant,
    setTo(to) {
      instant = to
    },
    advance(milliseconds) {
      instant += milliseconds
    },
  }
}

export const password = 'mat-khau-1022'
const province = resolve(import.meta.dirname, '../../resources/demo/dong-thap')
export const accounts: Account[] = (JSON.parse(readFileSync(join(province, 'accounts.json'), 'utf8')) as unknown[]).map(
  (each) => accountSchema.parse(each),
)
export const people = {
  agent: accounts.find((each) => each.role === 'agent')!,
  secondAgent: accounts.filter((each) => each.role === 'agent')[1]!,
  supervisor: accounts.find((each) => each.role === 'supervisor')!,
  office: accounts.find((each) => each.role === 'office')!,
  homeAffairs: accounts.find((each) => each.role === 'home-affairs')!,
  admin: accounts.find((each) => each.role === 'admin')!,
  officer: accounts.find((each) => each.role === 'focal-officer' && each.agencyId === 'so-xay-dung')!,
  head: accounts.find((each) => each.role === 'head' && each.agencyId === 'so-xay-dung')!,
  otherOfficer: accounts.find((each) => each.role === 'focal-officer' && each.agencyId === 'so-y-te')!,
}

export interface Running extends Server {
  readonly url: string
  readonly clock: SteerableClock
  readonly dataDir: string
  request(
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>
  json<T = Record<string, unknown>>(path: string, options?: { token?: string; body?: unknown }): Promise<T>
  signIn(account: Account, deskId?: string): Promise<string>
  tick(): Promise<void>
  /** Closes the server and removes its data; `restart` keeps them. */
  remove(): Promise<void>
  restart(): Promise<Running>
}

/** A real server on a real port with a real database in a folder of its own, and all accounts of the province. */
export async function startServer(
  options: { at?: string; env?: Record<string, string>; dataDir?: string; clock?: SteerableClock } & Partial<
    Pick<ServerParts, 'gateway' | 'registerPublic'>
  > = {},
): Promise<Running> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'bt1022-server-'))
  const clock = options.clock ?? stoppedClock(options.at ?? '2026-10-05T07:00:00+07:00')
  const config = readConfig({
    BT1022_DATA_DIR: dataDir,
    BT1022_PORT: '0',
    BT1022_LOG: 'silent',
    BT1022_RENDERED_DIR: join(dataDir, 'rendered'),
    ...options.env,
  })
  const server = await createServer(config, {
    clock,
    newId: uuidv7,
    log: pino({ level: 'silent' }),
    every: () => () => {},
    ...(options.gateway === undefined ? {} : { gateway: options.gateway }),
    ...(options.registerPublic === undefined ? {} : { registerPublic: options.registerPublic }),
  })
  if (!(await server.deps.store.read.people.hasAccounts())) {
    const passwordHash = await hashPassword(password)
    await server.deps.store.write(async (tx) => {
      for (const account of accounts) {
        await tx.people.putAccount({ ...account, title: '', phone: '02775550000', passwordHash, isDisabled: false }, 0)
      }
    })
  }
  const url = await server.listen()
  const request: Running['request'] = (path, { token, body, headers } = {}) =>
    fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    ...server,
    url,
    clock,
    dataDir,
    request,
    json: async <T>(path: string, given?: Parameters<typeof request>[1]) =>
      (await (await request(path, given)).json()) as T,
    async signIn(account, deskId) {
      const body = { username: account.username, password, ...(deskId === undefined ? {} : { deskId }) }
      const response = await request('/api/sign-in', { body })
      if (response.status !== 200) throw new Error(`sign-in answered ${response.status}`)
      return ((await response.json()) as { token: string }).token
    },
    async tick() {
      await server.deps.keeper.tick()
      await server.deps.outbox.tick()
    },
    async remove() {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
    async restart() {
      await server.close()
      return startServer({ ...options, dataDir, clock })
    },
  }
}

/** A desk as the server sees it: it numbers its commands and sends them. */
export async function openDesk(server: Running, account: Account, deskId: string) {
  const token = await server.signIn(account, deskId)
  const block = await server.json<{ year: number; from: number }>('/api/sync/codes', {
    token,
    body: { deskId, year: 2026, count: 20 },
  })
  let n = 0
  let number = block.from
  const command = <N extends CommandName>(
    name: N,
    caseId: string,
    input: CommandInput<N>,
    changes: Partial<Command> = {},
  ): Command => {
    n += 1
    const madeAt = toIso(server.clock.now())
    const base = { commandId: uuidv7(), deskId, n, actor: actorOf(account), madeAt, caseId, name, input }
    return { ...base, ...changes } as unknown as Command
  }
  const push = (commands: readonly unknown[]) =>
    server.request('/api/sync/push', { token, body: { protocol: 1, deskId, commands } })
  return {
    token,
    deskId,
    command,
    push,
    nextCode: () => formatCode(block.year, number++),
    /** Pushes one command and gives its outcome. */
    async give<N extends CommandName>(name: N, caseId: string, input: CommandInput<N>) {
      const answer = (await (await push([command(name, caseId, input)])).json()) as {
        results: { outcome: { kind: string; code?: string; lastSeq?: number } }[]
      }
      return answer.results[0]!.outcome
    },
  }
}

export const citizen = {
  name: 'Nguyễn Thị Sen',
  phone: '02775554001',
  address: 'Ấp 3, xã Mỹ An, tỉnh Đồng Tháp',
  email: '',
  isAnonymous: false,
}

export function openInput(code: string, changes: Partial<CommandInput<'case.open'>> = {}): CommandInput<'case.open'> {
  return {
    code,
    kind: 'report',
    channel: 'phone',
    fieldId: 'chieu-sang',
    areaId: null,
    content: 'Đèn đường trước nhà văn hóa ấp tắt đã một tuần.',
    citizen,
    isUrgent: false,
    hazard: null,
    call: null,
    external: null,
    ...changes,
  }
}

export function sendInput(server: Running, agencyId = 'so-xay-dung'): CommandInput<'slip.send'> {
  return {
    agencyId: agencyId as CommandInput<'slip.send'>['agencyId'],
    summary: 'Đèn đường tắt một tuần.',
    callAttempt: { at: toIso(server.clock.now() - 60_000), number: '02775550100', result: 'no-answer' },
    skippedCallReason: null,
  }
}
