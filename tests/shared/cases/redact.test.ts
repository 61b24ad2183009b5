import { describe, expect, it } from 'vitest'
import { findPersonalData, type PersonalDataKind, redact } from '../../../src-shared/cases/redact.ts'

const citizen = {
  name: 'Nguyễn Thị Ánh',
  phone: '+84 912 345 678',
  address: '12/3 Nguyễn Huệ, phường Cao Lãnh, tỉnh Đồng Tháp',
  email: '',
}

describe('D10: what must not be published', () => {
  it.each<[PersonalDataKind, string, string]>([
    ['name', 'Nguyễn Thị Ánh phản ánh đường hư', '[…] phản ánh đường hư'],
    ['name', 'NGUYEN THI ANH phan anh', '[…] phan anh'],
    ['name', 'nguyễn  thị\nánh', '[…]'],
    ['name', 'Chị Ánh cho biết', 'Chị […] cho biết'],
    ['name', 'ba Anh o day', 'ba […] o day'],
    ['name', 'của Thị Ánh.', 'của […].'],
    ['phone', 'gọi 0912345678 nhé', 'gọi […] nhé'],
    ['phone', 'gọi 0912.345.678', 'gọi […]'],
    ['phone', 'gọi 0912 34 56 78.', 'gọi […].'],
    ['phone', 'gọi +84 912-345-678', 'gọi […]'],
    ['phone', 'gọi 84912345678', 'gọi […]'],
    ['phone', 'số khác 0987 654 321', 'số khác […]'],
    ['phone', 'máy bàn (0277) 3 851 234', 'máy bàn […]'],
    ['email', 'thư anh.nguyen+1@gmail.com nhé', 'thư […] nhé'],
    ['address', 'ở 12/3 Nguyễn Huệ, phường Cao Lãnh, tỉnh Đồng Tháp', 'ở […]'],
    ['address', 'nha 12/3 nguyen hue', 'nha […]'],
    ['address', 'tại số nhà 45B đường khác', 'tại […] đường khác'],
    ['id-number', 'CCCD 087199001234 cấp', 'CCCD […] cấp'],
    ['id-number', 'CCCD 087 199 001 234', 'CCCD […]'],
    ['id-number', 'CMND số 341234567', 'CMND số […]'],
    ['plate', 'xe 66A-123.45 chở đất', 'xe […] chở đất'],
    ['plate', 'xe máy 66-C1 123.45', 'xe máy […]'],
    ['plate', 'xe 66H 1234', 'xe […]'],
  ])('%s: %s', (kind, text, masked) => {
    expect(findPersonalData(text, { citizen }).map((each) => each.kind)).toEqual([kind])
    expect(redact(text, { citizen })).toBe(masked)
  })

  it.each([
    'Đường Nguyễn Huệ, phường Cao Lãnh bị ngập',
    'Phản ánh của người dân đã được xử lý',
    'Tổng đài 0277.1022, đường dây 1900 1234',
    'Theo Quyết định 1455/QĐ-UBND-HC ngày 02/12/2019',
    'Mã biên nhận 26-0048213-K',
    'Kinh phí 1.250.000.000 đồng, năm 2026',
    'Trước ngày 30/11/2026 lúc 16:00',
    'Anh chị vui lòng liên hệ',
    'Khoản 3 Điều 10, diện tích 120 m2 tại thửa 45',
  ])('leaves a public text alone: %s', (text) => {
    expect(findPersonalData(text, { citizen })).toEqual([])
    expect(redact(text, { citizen })).toBe(text)
  })

  it('the numbers of offices are public', () => {
    const options = { citizen, publicPhones: ['02773851234'] }
    expect(redact('Gọi 0277 385 1234 hoặc 0987654321', options)).toBe('Gọi 0277 385 1234 hoặc […]')
  })

  it('finds all of it, says where, and leaves the rest; marks apart from their letters too', () => {
    const text = 'Bà Ánh (0912345678, xe 66A-123.45) ở 12/3 Nguyễn Huệ.'
    for (const form of ['NFC', 'NFD'] as const) {
      const found = findPersonalData(text.normalize(form), { citizen })
      expect(found.map((each) => each.kind)).toEqual(['name', 'phone', 'plate', 'address'])
      for (const { found: piece, from, to } of found) expect(text.normalize('NFC').slice(from, to)).toBe(piece)
      expect(redact(text.normalize(form), { citizen })).toBe('Bà […] ([…], xe […]) ở […].')
    }
  })

  it('what is masked is clean', () => {
    const text = 'Nguyễn Thị Ánh, 0912345678, anh@x.vn, 12/3 Nguyễn Huệ, phường Cao Lãnh, tỉnh Đồng Tháp'
    expect(findPersonalData(redact(text, { citizen }), { citizen })).toEqual([])
  })

  it('works without a citizen, with an anonymous one, and with a name full of signs', () => {
    expect(redact('gọi 0987654321', { citizen: null })).toBe('gọi […]')
    expect(redact('bình thường', { citizen: { name: '', phone: '', address: '', email: '' } })).toBe('bình thường')
    expect(redact('Công ty (A+B) hỏi', { citizen: { ...citizen, name: 'Công ty (A+B)' } })).toBe('[…] hỏi')
  })
})
