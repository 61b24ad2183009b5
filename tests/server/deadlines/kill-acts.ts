import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { accountIdSchema, agencyIdSchema, type CaseId, caseIdSchema } from '../../../src-shared/ids.ts'
import type { Actor, Role } from '../../../src-shared/people/roles.ts'
import { enterIn } from '../../../sync-server/src/calendars/calendars.ts'
import type { Act } from '../../../sync-server/src/cases/register.ts'
import type { Chance } from '../../shared/deadlines/second-clock/random.ts'
import { agencyIds, type Process, type World } from './kill-world.ts'

const person = (role: Role, agencyId?: string): Actor => ({
  kind: 'person',
  accountId: accountIdSchema.parse(`${role}-${agencyId ?? 'tinh'}`),
  name: 'Nguyễn Thị Bé Bảy',
  role,
  ...(agencyId === undefined ? {} : { agencyId: agencyIdSchema.parse(agencyId) }),
})

/** A citizen's report and the slip it makes, given together by the server's own desk. */
export async function openCase(world: World, process: Process, chance: Chance): Promise<CaseId> {
  const caseId = caseIdSchema.parse(world.newId())
  const now = world.now() + process.skewMs
  const [opening, sending] = [world.newId(), world.newId()]
  await process.register.transact(async (tx) => {
    const code = await process.register.takeCode(tx, now)
    const agent = person('agent')
    await process.register.submitIn(tx, { ...openAct(code), commandId: opening, actor: agent, caseId }, now)
    const input = {
      agencyId: agencyIdSchema.parse(chance.pick(agencyIds)),
      summary: 'Đèn đường tắt một tuần.',
      callAttempt: { at: toIso(now - 60_000), number: '02775550100', result: 'no-answer' as const },
      skippedCallReason: null,
    }
    await process.register.submitIn(tx, { commandId: sending, actor: agent, caseId, name: 'slip.send', input }, now)
  })
  return caseId
}

/** Something a person does to a slip; whether the rules allow it is for the register to say. */
export async function someAct(world: World, process: Process, chance: Chance, caseId: CaseId): Promise<Act | null> {
  const stored = await process.store.read.register.case(caseId)
  if (stored === null) return null
  const { slip } = stored.state
  const agencyId = slip?.agencyId ?? agencyIds[0]
  const now = world.now() + process.skewMs
  const officer = person(slip?.holder === 'focal-officer' ? 'focal-officer' : 'head', agencyId)
  const [agent, supervisor] = [person('agent'), person('supervisor')]
  const reason = process.reference.policy.pauseReasons.find((each) => !each.refused)!.code
  const later = () => toIso(now + chance.between(2, 90) * 3_600_000)
  const acts = [
    { actor: officer, name: 'slip.postpone', input: { newDueAt: later(), reason: 'chờ vật tư' } },
    { actor: officer, name: 'pause.request', input: { reasonCode: reason, explanation: 'chờ nước rút' } },
    { actor: supervisor, name: 'pause.confirm', input: {} },
    { actor: person('office'), name: 'pause.confirm', input: {} },
    { actor: officer, name: 'pause.end', input: {} },
    { actor: agent, name: 'supplement.request', input: { missing: ['địa chỉ'] } },
    { actor: agent, name: 'supplement.receive', input: { text: 'Ấp 3, xã Mỹ An.' } },
    { actor: officer, name: 'slip.return', input: { reason: 'không thuộc địa bàn' } },
    { actor: agent, name: 'slip.accept-return', input: { note: '' } },
    {
      actor: person('office'),
      name: 'slip.transfer',
      input: { agencyId: agencyIdSchema.parse(chance.pick(agencyIds)), reason: 'sáp nhập', act: '12/QĐ-UBND' },
    },
    {
      actor: officer,
      name: 'slip.answer',
      input: { text: 'Đã sửa xong.', approver: null, citizenTold: null },
    },
    { actor: agent, name: 'citizen.tell', input: { via: 'call', at: toIso(now), note: '' } },
    { actor: agent, name: 'slip.remind', input: { note: '' } },
  ] as const
  return { ...chance.pick(acts), commandId: world.newId(), caseId } as unknown as Act
}

/** A day off is taken away or given, in the middle of everything. */
export async function changeCalendar(world: World, process: Process, chance: Chance): Promise<void> {
  const { reference, store } = process
  const now = world.now() + process.skewMs
  const on = toIso(now + chance.between(-1, 6) * 86_400_000).slice(0, 10)
  const working = chance.pick([[], ['07:00-11:30'], ['07:00-11:30', '13:30-17:00'], ['07:00-20:00']])
  await reference.refresh()
  const wanted = {
    changeId: `change-${world.newId()}`,
    revision: reference.reference.revision,
    calendarId: chance.pick(['dong-thap-offices', 'dong-thap-offices', 'dong-thap-service-centres']),
    weeks: [],
    days: [{ on, working, kind: 'closed' as const, reason: 'lũ lụt', act: `${world.newId()}/CV-UBND` }],
  }
  await store.write((tx) => enterIn(tx, wanted, { accountId: 'quan-tri', reference, now }))
}

const openAct = (code: string) => ({
  name: 'case.open' as const,
  input: {
    code,
    kind: 'report' as const,
    channel: 'phone' as const,
    fieldId: 'chieu-sang',
    areaId: null,
    content: 'Đèn đường trước nhà văn hóa ấp tắt đã một tuần.',
    citizen: {
      name: 'Nguyễn Thị Sen',
      phone: '02775554001',
      address: 'Ấp 3, xã Mỹ An',
      email: '',
      isAnonymous: false,
    },
    isUrgent: false,
    hazard: null,
    call: null,
    external: null,
  },
})
