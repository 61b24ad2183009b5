import { describe, expect, test } from 'vitest'
import { deadlineReportSchema, type ReportRow } from '../../../src-shared/api/deadlines.ts'
import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { deadlineReport, onTimeShare } from '../../../src-shared/reports/deadline-report.ts'
import { reportCsv } from '../../../src-shared/reports/report-csv.ts'
import { reportRows } from '../../../src-shared/reports/report-rows.ts'
import {
  keeper,
  late,
  lateCause,
  people,
  roads,
  type Scene,
  scene,
  water,
  withHead,
  withOfficer,
} from '../cases/scene.ts'
import { bookWith } from '../deadlines/what-if-lives.ts'

const october = { from: fromIso('2026-10-01T00:00:00+07:00'), to: fromIso('2026-11-01T00:00:00+07:00') }
const rowsOf = (s: Scene, asOf = toIso(s.now), period = october): ReportRow[] =>
  reportRows(s.case, period, s.context, fromIso(asOf))
const said = (rows: readonly ReportRow[]) => rows.map(({ level, outcome }) => `${level} ${outcome}`)

describe('which levels fell due, and how they stood', () => {
  test('D6: an answer at the due second is on time, a clock that runs until then is open', () => {
    const s = withOfficer().at('2026-10-06T08:00')
    expect(said(rowsOf(s))).toEqual(['focal-officer open'])
    expect(said(rowsOf(s.answer()))).toEqual(['focal-officer on-time'])
    expect(rowsOf(s)[0]).toMatchObject({
      agencyId: roads,
      startedAt: '2026-10-05T08:00:00+07:00',
      dueAt: '2026-10-06T08:00:00+07:00',
      endedAt: '2026-10-06T08:00:00+07:00',
      endedBy: 'answered',
      lateSeconds: 0,
      held: [],
      correctedDueAt: null,
    })
  })

  test('D9: by the due instant and nothing else: answered on Monday, it was due on Tuesday', () => {
    const s = withOfficer().at('2026-10-05T10:00').answer()
    const tuesday = { from: fromIso('2026-10-06T08:00:00+07:00'), to: fromIso('2026-10-06T08:00:01+07:00') }
    expect(said(rowsOf(s, toIso(s.now), tuesday))).toEqual(['focal-officer on-time'])
    expect(rowsOf(s, toIso(s.now), { from: october.from, to: tuesday.from })).toEqual([])
    expect(rowsOf(s, toIso(s.now), { from: tuesday.to, to: october.to })).toEqual([])
  })

  test('#20, #22: each level for itself; late grows until it is answered, or until the report', () => {
    const s = late()
    expect(said(rowsOf(s))).toEqual(['focal-officer late', 'head late'])
    const [officer, head] = rowsOf(s, '2026-10-14T10:00:02+07:00')
    expect(officer).toMatchObject({ endedBy: 'escalated', lateSeconds: 1 })
    expect(head).toMatchObject({ endedAt: null, endedBy: null, lateSeconds: 2 * 3600 + 1 })
    s.at('2026-10-14T09:00')
    s.do('slip.answer', { text: 'Xong.', lateCause }, people.head)
    expect(rowsOf(s, '2026-10-20T09:00:00+07:00')[1]).toMatchObject({
      endedBy: 'answered',
      lateSeconds: 3599,
      cause: lateCause.causeCode,
    })
  })

  test('#36: sent back in time it was not theirs; sent back after it fell due it is late all the same', () => {
    const prompt = withOfficer().at('2026-10-05T10:00')
    prompt.do('slip.return', { reason: 'Không thuộc thẩm quyền.' }, people.officer)
    prompt.do('slip.accept-return')
    expect(rowsOf(prompt)).toEqual([])
    prompt.send(water).at('2026-10-06T10:00')
    expect(rowsOf(prompt).map(({ agencyId }) => agencyId)).toEqual([water])

    const slow = withHead().at('2026-10-06T10:00')
    slow.do('slip.return', { reason: 'Không thuộc thẩm quyền.' }, people.head)
    slow.do('slip.accept-return')
    expect(said(rowsOf(slow))).toEqual(['focal-officer late'])
  })

  test('#32: withdrawn in time by the citizen, nothing was owed', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    const headSignature = { name: 'Trần Gia Huy', signedOn: '2026-10-05' }
    s.do('case.withdraw', { requestScan: 'don-rut.pdf', headSignature }, people.officer)
    expect(rowsOf(s)).toEqual([])
  })

  test('a clock that stands still is not due before it runs again (D5, D8)', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do(
      'pause.request',
      { reasonCode: s.policy.pauseReasons.find((r) => !r.refused)!.code, explanation: 'Chờ.' },
      people.officer,
    )
    s.do('pause.confirm', {}, people.supervisor)
    expect(rowsOf(s, '2026-10-20T10:00:00+07:00')).toEqual([])
  })

  test('D14: the act lifts what fell due before it; what is lifted stays listed with its lateness', () => {
    const act = { number: '125/VP-HCTC', signedBy: 'Nguyễn Văn Hiền', signedOn: '2026-10-07' }
    const s = withHead().at('2026-10-07T09:00')
    s.do('lateness.lift', { act, reason: 'Bão.' }, people.office)
    s.at('2026-10-14T09:00:00+07:00').do('clock.escalate', {}, keeper)
    const rows = rowsOf(s)
    expect(said(rows)).toEqual(['focal-officer lifted', 'head late'])
    expect(rows[0]).toMatchObject({ liftedBy: '125/VP-HCTC', lateSeconds: 1 })
    expect(rows[1]!.liftedBy).toBeNull()
  })

  test('D14: the due instant by the corrected calendar stands beside, and only what was known before the report counts', () => {
    const knownAt = '2026-10-08T09:00:00+07:00'
    const s = withOfficer().at('2026-10-05T10:00').answer()
    s.book = bookWith([{ on: '2026-10-05', working: [], reason: 'nghỉ bão', act: 'CĐ 12', knownAt }])
    const dueOf = (asOf: string) => rowsOf(s, asOf).map(({ dueAt, correctedDueAt }) => [dueAt, correctedDueAt])
    const was = '2026-10-06T08:00:00+07:00'
    expect(dueOf('2026-10-08T08:59:59+07:00')).toEqual([[was, null]])
    // In its own second an act may have come after the report was printed.
    expect(dueOf(knownAt)).toEqual([[was, null]])
    expect(dueOf('2026-10-08T09:00:01+07:00')).toEqual([[was, '2026-10-06T17:00:00+07:00']])
  })

  test('a case of which no agency received a slip has no rows', () => {
    expect(rowsOf(scene().open())).toEqual([])
  })
})

describe('the figures', () => {
  const parts = {
    provinceName: 'Đồng Tháp',
    period: october,
    seq: 7,
    eventHash: 'ab',
    asOf: fromIso('2026-10-20T00:00:00+07:00'),
    alsoAgencies: null,
    nameOf: (id: string) => `Đơn vị ${id}`,
  }
  const row = (change: Partial<ReportRow>): ReportRow => ({ ...rowsOf(withHead())[0]!, ...change })

  test('add up, whatever the order of the rows, and the report is of its form', () => {
    const rows = [
      row({ code: 'b', outcome: 'late', cause: null }),
      row({ code: 'a', outcome: 'late', cause: 'nhieu-viec', agencyId: water }),
      row({ code: 'c', outcome: 'on-time' }),
      row({ code: 'd', outcome: 'lifted', liftedBy: '1' }),
      row({ code: 'e', outcome: 'open' }),
    ]
    const report = deadlineReport(rows, parts)
    expect(deadlineReportSchema.parse(report)).toEqual(report)
    const { due, onTime, late: lateCount, lifted, open, withoutCause } = report.totals
    expect([due, onTime, lateCount, lifted, open, withoutCause]).toEqual([5, 1, 2, 1, 1, 1])
    expect(onTime + lateCount + lifted + open).toBe(due)
    expect(canonicalJson(deadlineReport([...rows].reverse(), parts))).toBe(canonicalJson(report))
    // D9: one of three that were decided; the lifted one and the open one are in neither part of the fraction.
    expect(onTimeShare(report.totals)).toBe(3333)
    expect(onTimeShare({ onTime: 0, late: 0 })).toBeNull()
  })

  test('#38: a share of lateness counts for whoever held the clock, also without a slip of its own', () => {
    const share = { fromAt: '2026-10-06T08:00:00+07:00', toAt: '2026-10-06T09:00:00+07:00', lateSeconds: 1800 }
    const held = [
      { ...share, agencyId: roads },
      { ...share, agencyId: water },
    ]
    const report = deadlineReport([row({ held, lateSeconds: 3600 })], parts)
    const lateOf = (id: string) => report.agencies.find(({ agencyId }) => agencyId === id)
    expect(lateOf(roads)).toMatchObject({ due: 1, lateSeconds: { 'focal-officer': 1800, head: 0 } })
    expect(lateOf(water)).toMatchObject({ due: 0, lateSeconds: { 'focal-officer': 1800, head: 0 } })
    expect(report.totals.lateSeconds['focal-officer']).toBe(3600)
  })

  test('#73: agencies without a row are there when they are asked for', () => {
    const report = deadlineReport([], { ...parts, alsoAgencies: [water, roads] })
    expect(report.agencies.map(({ agencyId, due }) => [agencyId, due])).toEqual(
      [
        [water, 0],
        [roads, 0],
      ].sort(),
    )
  })
})

describe('as a table', () => {
  const report = deadlineReport([...rowsOf(late()), ...rowsOf(withOfficer().at('2026-10-05T10:00').answer())], {
    provinceName: 'Đồng Tháp',
    period: october,
    seq: 7,
    eventHash: '',
    asOf: fromIso('2026-10-20T00:00:00+07:00'),
    alsoAgencies: null,
    nameOf: () => '=Sở "Xây dựng", tỉnh',
  })

  test('a line a row, quoted where it must be, and nothing that a spreadsheet would calculate', () => {
    const lines = reportCsv(report, 'vi').split('\r\n')
    expect(lines).toHaveLength(report.rows.length + 2)
    expect(lines[0]).toMatch(/^Mã,Đơn vị,Cấp,/)
    expect(lines[1]).toContain(`,"'=Sở ""Xây dựng"", tỉnh",Cán bộ đầu mối,`)
    expect(reportCsv(report, 'vi', { mark: true }).charCodeAt(0)).toBe(0xfeff)
  })

  test('a cause is told in words where somebody has them', () => {
    const [first] = report.rows
    const caused = { ...report, rows: [{ ...first!, cause: 'nhieu-viec' }] }
    expect(reportCsv(caused, 'vi', { causeOf: () => 'Nhiều việc' })).toContain(',Nhiều việc,')
  })
})
