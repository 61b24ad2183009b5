import { uuidv7 } from 'uuidv7'
import { formatCode } from '../../src-shared/cases/codes.ts'
import type { CommandInput, CommandName } from '../../src-shared/cases/commands.ts'
import type { CaseId } from '../../src-shared/ids.ts'
import { type Account, actorOf } from '../../src-shared/people/roles.ts'
import { password } from './people.ts'
import type { World } from './world.ts'

/** A desk without a screen: it speaks to the real server as desks do, so that a test may begin where the slip is sent. */
export interface QuietDesk {
  give<N extends CommandName>(name: N, caseId: string, input: CommandInput<N>): Promise<void>
  nextCode(): string
}

/** @throws Error with the server's own refusal */
export async function openQuietDesk(world: World, username: string): Promise<QuietDesk> {
  const deskId = `desk-${uuidv7()}`
  const ask = async <T>(path: string, token: string | null, body: object): Promise<T> => {
    const response = await fetch(world.serverUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const { now } = await world.steer({ advanceSeconds: 0 })
  const { token, account } = await ask<{ token: string; account: Account }>('/api/sign-in', null, {
    username,
    password,
    deskId,
  })
  const year = Number(now.slice(0, 4))
  const block = await ask<{ from: number }>('/api/sync/codes', token, { deskId, year, count: 20 })
  let n = 0
  let number = block.from
  return {
    nextCode: () => formatCode(year, number++),
    async give(name, caseId, input) {
      n += 1
      const { now: madeAt } = await world.steer({ advanceSeconds: 0 })
      const command = { commandId: uuidv7(), deskId, n, actor: actorOf(account), madeAt, caseId, name, input }
      const { results } = await ask<{ results: { outcome: { kind: string } }[] }>('/api/sync/push', token, {
        protocol: 1,
        deskId,
        commands: [command],
      })
      const outcome = results[0]?.outcome
      if (outcome?.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    },
  }
}

/** A case of a citizen by telephone, sent as a slip to an agency that did not pick up. */
export async function sendSlipTo(
  desk: QuietDesk,
  world: World,
  agencyId: string,
  changes: Partial<CommandInput<'case.open'>> = {},
): Promise<{ caseId: CaseId; code: string }> {
  const caseId = uuidv7() as CaseId
  const code = desk.nextCode()
  await desk.give('case.open', caseId, {
    code,
    kind: 'report',
    channel: 'phone',
    fieldId: 'chieu-sang',
    areaId: null,
    content: 'Đèn đường trước nhà văn hóa ấp tắt đã một tuần, tôi là Nguyễn Thị Sen, số 0277 555 40 01.',
    citizen: {
      name: 'Nguyễn Thị Sen',
      phone: '02775554001',
      address: 'Ấp 3, xã Mỹ An, tỉnh Đồng Tháp',
      email: '',
      isAnonymous: false,
    },
    isUrgent: false,
    hazard: null,
    call: null,
    external: null,
    ...changes,
  })
  const { now } = await world.steer({ advanceSeconds: 0 })
  await desk.give('slip.send', caseId, {
    agencyId: agencyId as CommandInput<'slip.send'>['agencyId'],
    summary: 'Đèn đường tắt một tuần.',
    callAttempt: { at: now, number: '02775550100', result: 'no-answer' },
    skippedCallReason: null,
  })
  return { caseId, code }
}
