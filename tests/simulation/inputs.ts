import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { agencyIds } from './province.ts'

const hourMs = 3_600_000

interface Given {
  readonly state: CaseState
  /** As whoever acts believes it to be. */
  readonly now: number
  readonly chance: Chance
  newId(): string
}

/** What a person would type into the form of a command; whether the rules allow it is not asked. */
const forms: Partial<Record<CommandName, (given: Given) => object>> = {
  'case.amend': ({ chance }) => ({
    content: `Đèn đường tắt, cột số ${chance.between(1, 999)}.`,
    reason: 'nghe nhầm số cột',
  }),
  'case.answer': ({ now, chance }) => ({
    text: 'Thủ tục nộp tại bộ phận một cửa.',
    article: null,
    source: 'Quyết định 12/QĐ-UBND',
    citizenTold: chance.percent(50) ? { via: 'call', at: toIso(now) } : null,
  }),
  'case.refuse': ({ now }) => ({
    reasonCode: 'khong-thuoc-tham-quyen',
    reason: 'việc của tòa án',
    referredTo: 'Tòa án nhân dân khu vực 1',
    toldVia: 'call',
    toldAt: toIso(now),
  }),
  'competence.ask': () => ({ question: 'Cơ quan nào quản lý tuyến này?' }),
  'competence.set': ({ chance }) => ({ agencyId: chance.pick(agencyIds), reason: 'quản lý hạ tầng' }),
  'slip.send': ({ now, chance }) => ({
    agencyId: chance.pick(agencyIds),
    summary: 'Đèn đường tắt một tuần.',
    callAttempt: { at: toIso(now - 60_000), number: '02775550100', result: 'no-answer' },
    skippedCallReason: null,
  }),
  'slip.open': () => ({}),
  'slip.answer': ({ now, chance }) => ({
    text: 'Đã sửa xong.',
    approver: null,
    citizenTold: chance.percent(50) ? { via: 'call', at: toIso(now) } : null,
    lateCause: { causeCode: 'phai-xac-minh', text: 'chờ vật tư' },
  }),
  'slip.promise': ({ now, chance }) => ({
    completeAt: toIso(now + chance.between(1, 60) * hourMs),
    reason: 'cán bộ hẹn',
  }),
  'slip.postpone': ({ now, chance }) => ({
    newDueAt: toIso(now + chance.between(2, 90) * hourMs),
    reason: 'chờ vật tư',
  }),
  'slip.return': () => ({ reason: 'không thuộc địa bàn' }),
  'slip.accept-return': () => ({ note: '' }),
  'slip.reject-return': () => ({ reason: 'đúng địa bàn' }),
  'slip.remind': () => ({ note: 'dân gọi lại' }),
  'slip.transfer': ({ chance }) => ({ agencyId: chance.pick(agencyIds), reason: 'sáp nhập', act: '12/QĐ-UBND' }),
  'supplement.request': () => ({ missing: ['địa chỉ'] }),
  'supplement.receive': ({ chance }) => ({ text: `Ấp ${chance.between(1, 9)}, xã Mỹ An.` }),
  'pause.request': () => ({ reasonCode: 'thien-tai-dich-benh', explanation: 'chờ nước rút' }),
  'pause.confirm': () => ({}),
  'pause.refuse': () => ({ reason: 'nước đã rút' }),
  'pause.end': () => ({}),
  'consult.ask': ({ now, chance, newId }) => ({
    consultId: newId(),
    agencyId: chance.pick(agencyIds),
    question: 'Có giấy phép đào đường không?',
    replyBy: toIso(now + 24 * hourMs),
  }),
  'consult.reply': ({ state }) => ({
    consultId: state.consults.find(({ repliedAt }) => repliedAt === null)?.id ?? 'khong-co',
    text: 'Có giấy phép.',
  }),
  'case.withdraw': ({ now }) => ({
    requestScan: 'don-rut.pdf',
    headSignature: { name: 'Trần Văn Thủ', signedOn: toIso(now).slice(0, 10) },
  }),
  'citizen.tell': ({ now }) => ({ via: 'call', at: toIso(now), note: '' }),
  'case.close': ({ now }) => ({ proof: 'biên bản nghiệm thu', contactedAt: toIso(now) }),
  'case.reopen': () => ({ reason: 'đèn lại tắt' }),
  'answer.publish': () => ({ question: 'Đèn đường tắt', answer: 'Đã sửa.' }),
  'answer.unpublish': () => ({ reason: 'có tên người' }),
  'lateness.explain': () => ({ causeCode: 'phai-xac-minh', text: 'chờ vật tư' }),
}

/** Commands that somebody here gives by hand. */
export const hasForm = (name: CommandName): boolean => name in forms

export const inputOf = (name: CommandName, given: Given): object => forms[name]!(given)

export const openingInput = (code: string, chance: Chance) => ({
  code,
  kind: 'report' as const,
  channel: 'phone' as const,
  fieldId: 'chieu-sang',
  areaId: null,
  content: `Đèn đường trước nhà văn hóa ấp ${chance.between(1, 9)} tắt đã một tuần.`,
  citizen: {
    name: 'Nguyễn Thị Sen',
    phone: `0277555${String(chance.between(0, 9_999)).padStart(4, '0')}`,
    address: 'Ấp 3, xã Mỹ An',
    email: '',
    isAnonymous: false,
  },
  isUrgent: chance.percent(10),
  hazard: null,
  call: null,
  external: null,
})
