import { describe, expect, test } from 'vitest'
import {
  agenciesFor,
  agencyAnsweringFor,
  type Directory,
  directorySchema,
  isInForce,
} from '../../../src-shared/province/directory.ts'
import { accounts, directory, readDirectoryParts } from './dong-thap.ts'

const today = '2026-11-20'
const now = directory.agencies.filter((a) => isInForce(a, today))
const ofType = (type: string) => now.filter((a) => a.agencyType === type)
const withChange = (change: (d: Directory) => void) => {
  const copy = structuredClone(directory)
  change(copy)
  return directorySchema.safeParse(copy)
}
const messages = (result: ReturnType<typeof withChange>) => result.error?.issues.map((i) => i.message) ?? []

describe('the directory of Đồng Tháp', () => {
  test('#2, S4 Đ.1 k.2: departments, the office, communes, vertical bodies, providers', () => {
    expect(ofType('department').length).toBeGreaterThanOrEqual(14)
    expect(ofType('commune').length).toBeGreaterThanOrEqual(25)
    expect(ofType('office').map((a) => a.id)).toEqual(['van-phong-ubnd-tinh'])
    expect(ofType('vertical').map((a) => a.id)).toEqual(
      expect.arrayContaining(['cong-an-tinh', 'thue-tinh', 'bao-hiem-xa-hoi-tinh', 'hai-quan-khu-vuc']),
    )
    expect(ofType('provider').map((a) => a.id)).toEqual(
      expect.arrayContaining(['dien-luc', 'cap-nuoc', 'vnpt', 'moi-truong-do-thi']),
    )
  })

  test('#13: every agency in force has one focal officer and one head, and each has an account', () => {
    for (const agency of now) {
      const roles = agency.officers.map((o) => o.role)
      expect(
        roles.filter((r) => r === 'focal-officer'),
        agency.id,
      ).toHaveLength(1)
      expect(
        roles.filter((r) => r === 'head'),
        agency.id,
      ).toHaveLength(1)
      for (const officer of agency.officers) {
        const account = accounts.find((a) => a.id === officer.accountId)
        expect(account, officer.accountId).toMatchObject({
          agencyId: agency.id,
          name: officer.name,
          role: officer.role === 'head' ? 'head' : 'focal-officer',
        })
      }
    }
  })

  test('#25: service centres and providers run on calendars of their own', () => {
    const calendarOf = (id: string) => directory.agencies.find((a) => a.id === id)?.calendarId
    expect(calendarOf('trung-tam-phuc-vu-hanh-chinh-cong')).toBe('dong-thap-service-centres')
    expect(calendarOf('dien-luc')).toBe('utilities-24-7')
    expect(calendarOf('so-xay-dung')).toBe('dong-thap-offices')
  })

  test('#5: two levels of fields, the first being the clauses of S4 Đ.4 k.1–k.5', () => {
    const tops = directory.fields.filter((f) => f.parentId === null)
    expect(tops.map((f) => f.code)).toEqual(['1', '2', '3', '4', '5'])
    for (const field of directory.fields.filter((f) => f.parentId !== null)) {
      expect(field.code.split('.')[0]).toBe(tops.find((t) => t.id === field.parentId)?.code)
    }
  })

  test('every second-level field is handled by an agency in force', () => {
    for (const field of directory.fields.filter((f) => f.parentId !== null)) {
      const handlers = now.filter((a) => a.fieldIds.includes(field.id))
      expect(handlers.length, field.id).toBeGreaterThan(0)
    }
  })

  test('102 communes and wards of 1/7/2025, each with what it was called before', () => {
    expect(directory.areas.filter((a) => a.kind === 'ward')).toHaveLength(20)
    expect(directory.areas.filter((a) => a.kind === 'commune')).toHaveLength(82)
    for (const area of directory.areas) expect(area.formerNames.length, area.id).toBeGreaterThan(0)
    expect(directory.areas.find((a) => a.formerNames.includes('Thị trấn Sa Rài (huyện Tân Hồng)'))?.name).toBe(
      'Xã Tân Hồng',
    )
  })

  test('#3: the channels of S4 Đ.2 are open, and only the telephone is live', () => {
    const open = directory.channels.filter((c) => c.isOpen).map((c) => c.channel)
    expect(open).toEqual(expect.arrayContaining(['phone', 'web', 'email', 'zalo', 'facebook']))
    expect(directory.channels.filter((c) => c.hasLiveCall).map((c) => c.channel)).toEqual(['phone'])
  })
})

describe('finding who answers', () => {
  test('D13, #66: a dissolved agency is answered for by its successor', () => {
    expect(agencyAnsweringFor(directory, 'so-giao-thong-van-tai', today)?.id).toBe('so-xay-dung')
    expect(agencyAnsweringFor(directory, 'ubnd-huyen-thap-muoi', today)?.id).toBe('ubnd-xa-thap-muoi')
    expect(agencyAnsweringFor(directory, 'so-giao-thong-van-tai', '2024-05-06')?.id).toBe('so-giao-thong-van-tai')
    expect(agencyAnsweringFor(directory, 'so-khong-co', today)).toBeUndefined()
  })

  test('D13: successors that point at each other answer for nobody instead of for ever', () => {
    const [a, b] = directory.agencies
    const loop = [
      { ...a!, validTo: '2025-12-31', successorId: b!.id },
      { ...b!, validTo: '2025-12-31', successorId: a!.id },
    ]
    expect(agencyAnsweringFor({ agencies: loop }, a!.id, today)).toBeUndefined()
  })

  test('the committee of the place comes before agencies of the whole province', () => {
    const ids = agenciesFor(directory, { fieldId: 'chieu-sang', areaId: 'phuong-sa-dec', on: today }).map((a) => a.id)
    expect(ids[0]).toBe('ubnd-phuong-sa-dec')
    expect(ids).toContain('moi-truong-do-thi')
    expect(ids).not.toContain('ubnd-phuong-my-tho')
  })

  test('an unknown place leaves only agencies of the whole province', () => {
    const found = agenciesFor(directory, { fieldId: 'duong-sa-cau-cong', areaId: null, on: today })
    expect(found.map((a) => a.id)).toEqual(['so-xay-dung'])
  })
})

describe('a directory that does not hold together is refused', () => {
  test('an agency twice', () => {
    expect(messages(withChange((d) => d.agencies.push(d.agencies[0]!)))).toContain(
      'agency van-phong-ubnd-tinh is there twice',
    )
  })
  test('a field, area or successor that does not exist', () => {
    const result = withChange((d) => {
      d.agencies[2]!.fieldIds.push('khong-co')
      d.agencies[2]!.areaIds = ['xa-khong-co']
      d.agencies[2]!.successorId = 'so-khong-co' as never
    })
    expect(messages(result)).toEqual([
      'agency so-noi-vu, successorId: so-khong-co does not exist',
      'agency so-noi-vu, fieldIds: khong-co does not exist',
      'agency so-noi-vu, areaIds: xa-khong-co does not exist',
    ])
  })
  test('a field under a second-level field: there are two levels only', () => {
    const result = withChange((d) => {
      d.fields[3]!.parentId = d.fields[2]!.id
    })
    expect(result.success).toBe(false)
  })
  test('a phone with letters, a date that is none', () => {
    const parts = readDirectoryParts() as { agencies: Record<string, unknown>[] }
    parts.agencies[0] = { ...parts.agencies[0], phone: '0277 CALL', validFrom: '2025-02-30' }
    const paths = directorySchema.safeParse(parts).error?.issues.map((i) => i.path.join('.'))
    expect(paths).toEqual(['agencies.0.phone', 'agencies.0.validFrom'])
  })
})
