/** What `npm run clock` says, and what a verified case file gets wrong. */
export const viClockCommand = {
  'clock.usage': `Cách dùng:
  npm run -s clock -- due --calendar TỆP --from THỜI_ĐIỂM --hours SỐ_GIỜ [--as-known-at THỜI_ĐIỂM]
  npm run -s clock -- between --calendar TỆP --from THỜI_ĐIỂM --to THỜI_ĐIỂM [--as-known-at THỜI_ĐIỂM]
  npm run -s clock -- batch --calendar TỆP < yêu-cầu.ndjson
  npm run -s clock -- verify TỆP.json
  npm run -s clock -- what-if --cases HỒ_SƠ.ndjson [--focal-hours SỐ_GIỜ] [--head-hours SỐ_GIỜ] [--reading R1|R2|R3] [--calendar TỆP]
Thời điểm viết như 2026-08-28T16:00:00+07:00; số giờ có thể lẻ (0.5). Thêm --lang en để dùng tiếng Anh.`,
  'clock.usage-missing': 'Thiếu {option}.',
  'clock.usage-unknown': 'Lệnh này không có {option}.',
  'clock.usage-command': 'Không có lệnh "{command}".',
  'clock.usage-file': 'Cần đúng một tệp.',
  'clock.no-file': '{file}: không có tệp này.',
  'clock.unreadable-file': '{file}: không đọc được tệp ({reason}).',
  'clock.not-json': 'không phải JSON hợp lệ hoặc bị cắt ngang.',
  'clock.parent-other-id': '{file}: id: Tệp này mang mã "{id}", không phải lịch được kế thừa "{wanted}".',
  'clock.bad-instant': '{field}: "{value}": {why}; thời điểm viết như 2026-01-10T00:00:00+07:00.',
  'clock.bad-hours': 'hours: {value} không phải số giờ làm việc; số giờ là một số không âm như 8 hoặc 0.5.',
  'clock.bad-reading': 'reading: "{value}" không phải một cách hiểu 48 giờ; chọn R1, R2 hoặc R3.',
  'clock.what-if-line': '{file}, dòng {number}: {why}',
  'clock.out-of-range': '{field}: Thời điểm nằm ngoài các năm từ {firstYear} đến {lastYear}.',
  'clock.exhausted': 'hours: Lịch này không có đủ {hours} giờ làm việc từ thời điểm đó đến hết năm {lastYear}.',
  'clock.line-too-long': 'Dòng dài hơn {bytes} byte.',
  'clock.request-not-json': 'Dòng này không phải JSON hợp lệ.',
  'clock.request-not-object': 'Mỗi dòng phải là một đối tượng JSON.',
  'clock.request-op': 'op: Phải là "due" hoặc "between".',
  'clock.request-missing': '{field}: Thiếu mục này.',
  'clock.request-unknown-field': '{field}: Yêu cầu này không có mục nào tên như vậy.',

  'case-file.differs': '{place}: tệp ghi {stated}, tính lại được {computed}.',
  'case-file.wrong-format': 'Đây không phải hồ sơ xuất từ hệ thống theo mẫu {wanted}: mục "format" ghi {format}.',
  'case-file.wrong-shape': '{place}: không đúng mẫu ({reason}).',
  'case-file.chain-gap': '{place}: thiếu, thừa hoặc đảo thứ tự một sự kiện trước chỗ này.',
  'case-file.chain-link': '{place}: sự kiện không nối tiếp sự kiện trước đó (prevHash).',
  'case-file.chain-hash': '{place}: nội dung sự kiện không khớp mã băm đã ghi.',
  'case-file.impossible': '{place}: sự kiện không thể xảy ra ở chỗ này ({reason}).',
  'case-file.no-policy': '{place}: tệp không có quy chế {policy} mà hồ sơ này theo.',
  'case-file.file-hash': 'fileHash: tệp đã bị sửa ở một chỗ không làm đổi hạn nào.',
} as const

export const enClockCommand: Record<keyof typeof viClockCommand, string> = {
  'clock.usage': `Usage:
  npm run -s clock -- due --calendar FILE --from INSTANT --hours HOURS [--as-known-at INSTANT]
  npm run -s clock -- between --calendar FILE --from INSTANT --to INSTANT [--as-known-at INSTANT]
  npm run -s clock -- batch --calendar FILE < requests.ndjson
  npm run -s clock -- verify FILE.json
  npm run -s clock -- what-if --cases CASES.ndjson [--focal-hours HOURS] [--head-hours HOURS] [--reading R1|R2|R3] [--calendar FILE]
An instant is written like 2026-08-28T16:00:00+07:00; hours may be a fraction (0.5). --lang vi speaks Vietnamese.`,
  'clock.usage-missing': '{option} is missing.',
  'clock.usage-unknown': 'This command has no {option}.',
  'clock.usage-command': 'There is no command "{command}".',
  'clock.usage-file': 'Exactly one file is needed.',
  'clock.no-file': '{file}: there is no such file.',
  'clock.unreadable-file': '{file}: the file cannot be read ({reason}).',
  'clock.not-json': 'not valid JSON, or cut short.',
  'clock.parent-other-id': '{file}: id: This file has the id "{id}" and is not the inherited calendar "{wanted}".',
  'clock.bad-instant': '{field}: "{value}": {why}; an instant is written like 2026-01-10T00:00:00+07:00.',
  'clock.bad-hours': 'hours: {value} is not an amount of working hours, a number not below 0 such as 8 or 0.5.',
  'clock.bad-reading': 'reading: "{value}" is no reading of the 48 hours; choose R1, R2 or R3.',
  'clock.what-if-line': '{file}, line {number}: {why}',
  'clock.out-of-range': '{field}: The instant is outside the years {firstYear} to {lastYear}.',
  'clock.exhausted': 'hours: This calendar has no {hours} working hours from there to the end of {lastYear}.',
  'clock.line-too-long': 'The line is longer than {bytes} bytes.',
  'clock.request-not-json': 'This line is not valid JSON.',
  'clock.request-not-object': 'Each line must be a JSON object.',
  'clock.request-op': 'op: This must be "due" or "between".',
  'clock.request-missing': '{field}: This field is missing.',
  'clock.request-unknown-field': '{field}: This request has no such field.',

  'case-file.differs': '{place}: the file says {stated}, recomputed it is {computed}.',
  'case-file.wrong-format': 'This is no case exported as {wanted}: "format" says {format}.',
  'case-file.wrong-shape': '{place}: not of the right shape ({reason}).',
  'case-file.chain-gap': '{place}: an event is missing, added or out of order before this place.',
  'case-file.chain-link': '{place}: the event does not follow the one before it (prevHash).',
  'case-file.chain-hash': '{place}: what the event says does not match its hash.',
  'case-file.impossible': '{place}: the event cannot have happened here ({reason}).',
  'case-file.no-policy': '{place}: the file lacks the policy {policy} that this case goes by.',
  'case-file.file-hash': 'fileHash: the file was changed in a place that moves no due instant.',
}
