import type { CommandName } from '../../../../src-shared/cases/commands.ts'
import type { RefusalCode } from '../../../../src-shared/cases/refusals.ts'
import { closed, people, roads, type Scene, scene, water, withOfficer } from '../scene.ts'

type By = Parameters<Scene['give']>[2]
export type Row = [code: RefusalCode, rule: string, before: () => Scene, name: CommandName, input: object, by?: By]

export const { agent, supervisor, office, officer, head, waterOfficer } = people
export const opened = () => scene().open()
export const after = (make: () => Scene, ...steps: [CommandName, object, By?][]) => {
  return () => {
    const s = make()
    for (const [name, input, by] of steps) s.do(name, input, by)
    return s
  }
}
export const told = { toldVia: 'call', toldAt: '2026-10-05T08:00:00+07:00' }
export const pause = { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão số 9 gây mất điện.' }
export const consult = {
  consultId: 'k1',
  agencyId: water,
  question: 'Có ống ngầm không?',
  replyBy: '2026-10-07T16:00:00+07:00',
}
export const postpone = { newDueAt: '2026-10-07T16:00:00+07:00', reason: 'Chờ vật tư' }
export const signature = { name: 'Trần Thủ Trưởng', signedOn: '2026-10-05' }
export const missing = { missing: ['Ảnh hiện trường'] }
export const publish = { question: 'Đường hư?', answer: 'Đã sửa.' }
export const recording = {
  recordingId: 'r1',
  callId: 'call-1',
  startedAt: '2026-10-05T08:00:00+07:00',
  durationMs: 1000,
  chainHead: 'a'.repeat(64),
}
export const at = (make: () => Scene, instant: string) => () => make().at(instant)
export const paused = after(withOfficer, ['pause.request', pause, officer], ['pause.confirm', {}, office])
export const consulted = after(withOfficer, ['consult.ask', consult, officer])
export const published = after(closed, ['answer.publish', publish])
export const successor = { agencyId: water, reason: 'Sáp nhập hai đơn vị', act: '45/NQ-HĐND' }
export const lift = {
  act: { number: '15/VP-KSTT', signedBy: 'Chánh Văn phòng', signedOn: '2026-10-14' },
  reason: 'Ngày nghỉ được nhập chậm',
}
export const letter = { number: '120/VP-KSTT', signedBy: 'Phó Chánh Văn phòng', signedOn: '2026-10-05' }
export const urging = {
  urgingId: 'u1',
  kind: 'urge',
  letter,
  signedFor: 'office',
  content: 'Đề nghị xử lý gấp.',
  replyBy: null,
}
export const demand = { ...urging, kind: 'explain', signedFor: 'chairman', replyBy: '2026-10-08T17:00:00+07:00' }

export const ask = { recordingId: 'r1', reason: 'Xác minh số nhà' }
export const grant = { recordingId: 'r1', agencyId: roads, untilAt: '2026-10-06T17:00:00+07:00' }

export function recorded(change: object = {}): Scene {
  const s = scene().open(change)
  s.do('recording.attach', recording)
  return s.send()
}
