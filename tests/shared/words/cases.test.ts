import { describe, expect, it } from 'vitest'
import { caseKinds, channels, contactWays } from '../../../src-shared/cases/case.ts'
import { commandNames } from '../../../src-shared/cases/commands.ts'
import { eventNames } from '../../../src-shared/cases/events.ts'
import { caseStages } from '../../../src-shared/cases/lifecycle.ts'
import { refusalCodes } from '../../../src-shared/cases/refusals.ts'
import { roles } from '../../../src-shared/people/roles.ts'
import { enCases, viCases } from '../../../src-shared/words/cases.ts'

const keys = new Set(Object.keys(viCases))
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('words for cases', () => {
  it('#22 S4 Đ.10 k.2 and #15 are named exactly as the documents name them', () => {
    expect(viCases['stage.late']).toBe('trễ hạn (đang chờ xử lý)')
    expect(viCases['stage.awaiting-competence']).toBe('chờ xác định thẩm quyền')
    expect(viCases['refusal.postponement-used']).toBe(
      'Đã hẹn lại một lần; Quy chế chỉ cho hẹn lại không quá 01 lần (Điều 10 khoản 3).',
    )
    const kinds = caseKinds.map((kind) => viCases[`kind.${kind}`])
    expect(kinds).toEqual(['yêu cầu', 'thắc mắc', 'góp ý', 'phản ánh', 'kiến nghị'])
  })

  it('nothing is without words', () => {
    const needed = [
      ...caseStages.map((each) => `stage.${each}`),
      ...caseKinds.map((each) => `kind.${each}`),
      ...channels.map((each) => `channel.${each}`),
      ...contactWays.map((each) => `way.${each}`),
      ...roles.map((each) => `role.${each}`),
      ...[1, 2, 3, 4].map((each) => `level.${each}`),
      ...commandNames.map((each) => `command.${each}`),
      ...eventNames.map((each) => `event.${each}`),
      ...refusalCodes.map((each) => `refusal.${each}`),
    ]
    expect(needed.filter((key) => !keys.has(key))).toEqual([])
  })

  it('both languages take the same parameters, and Vietnamese keeps its marks composed', () => {
    for (const key of Object.keys(viCases) as (keyof typeof viCases)[]) {
      expect([key, parameters(enCases[key])]).toEqual([key, parameters(viCases[key])])
      expect(viCases[key].normalize('NFC')).toBe(viCases[key])
    }
  })

  it('every refusal is a whole sentence', () => {
    for (const [key, text] of Object.entries({ ...viCases })) {
      if (key.startsWith('refusal.')) expect([key, text]).toEqual([key, expect.stringMatching(/^[A-ZĐẢÂ].*\.$/u)])
    }
  })
})
