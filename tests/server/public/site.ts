import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import type { CommandInput, CommandName } from '../../../src-shared/cases/commands.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import { type Account, type Actor, actorOf } from '../../../src-shared/people/roles.ts'
import { readConfig } from '../../../sync-server/src/config.ts'
import { registerPublic } from '../../../sync-server/src/public/register-public.ts'
import { createServer } from '../../../sync-server/src/server.ts'
import { citizen, openInput, people, stoppedClock } from '../running.ts'

export type PublicSite = Awaited<ReturnType<typeof openPublicSite>>

/** The real server with the public pages, asked without a socket. */
export async function openPublicSite(at = '2026-10-05T07:00:00+07:00', env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bt1022-public-'))
  const clock = stoppedClock(at)
  const config = readConfig({
    BT1022_DATA_DIR: dataDir,
    BT1022_PORT: '0',
    BT1022_LOG: 'silent',
    BT1022_LINE_ENABLED: 'false',
    BT1022_RENDERED_DIR: join(dataDir, 'rendered'),
    ...env,
  })
  const server = await createServer(config, {
    clock,
    newId: uuidv7,
    log: pino({ level: 'silent' }),
    every: () => () => {},
    registerPublic,
  })
  const { deps, app } = server
  const actor = (who: Account | Actor): Actor => ('kind' in who ? who : actorOf(who))
  const give = async <N extends CommandName>(who: Account | Actor, name: N, caseId: string, input: CommandInput<N>) => {
    const { outcome } = await deps.register.submit({
      commandId: uuidv7(),
      actor: actor(who),
      caseId: caseIdSchema.parse(caseId),
      name,
      input,
    })
    if (outcome.kind !== 'accepted') throw new Error(`${name} was refused: ${outcome.code}`)
  }
  const open = async (changes: Partial<CommandInput<'case.open'>> = {}) => {
    const caseId = uuidv7()
    const code = await deps.store.write((tx) => deps.register.takeCode(tx, clock.now()))
    await give(people.agent, 'case.open', caseId, openInput(code, changes))
    return { caseId, code }
  }
  const answered = async (text: string, changes: Partial<CommandInput<'case.open'>> = {}) => {
    const opened = await open(changes)
    const citizenTold = { via: 'call', at: toIso(clock.now()) } as const
    await give(people.agent, 'case.answer', opened.caseId, { text, article: null, source: 'Quyết định', citizenTold })
    await give(people.agent, 'case.close', opened.caseId, { proof: 'Đã đọc trả lời.', contactedAt: toIso(clock.now()) })
    return opened
  }
  return {
    deps,
    clock,
    give,
    open,
    /** A case that the agent answered, told and closed. */
    answered,
    async get(url: string) {
      const { statusCode, body, headers } = await app.inject({ method: 'GET', url })
      return { status: statusCode, body, headers }
    },
    async post(url: string, form: Record<string, string>) {
      const { statusCode, body, headers } = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      })
      return { status: statusCode, body, headers, location: String(headers.location ?? '') }
    },
    /** Days go by with the keeper at work each hour, as in life: the head's hours run from the hour of the escalation. */
    async pass(days: number) {
      for (let hour = 0; hour < days * 24; hour++) {
        clock.advance(3_600_000)
        await deps.keeper.tick()
      }
    },
    async remove() {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Every address the public can ask for, of the cases given. */
export const publicUrls = (codes: readonly string[]): string[] => [
  '/',
  '/tra-loi',
  '/tra-loi.json',
  '/thong-ke',
  '/gui',
  ...codes.flatMap((code) => [`/tra-cuu?code=${code}`, `/tra-loi/${code}`, `/gui/da-nhan?code=${code}`]),
]

/** What must stand in no public page: the citizen's name in full and by its last two words, the number, the house. */
export const secrets = [citizen.name, 'Thị Sen', citizen.phone, '5554001', 'Ấp 3, xã Mỹ An']
