/** Hồ sơ, Giám sát, Văn phòng, Quản trị, and the outbox page. */
export const viConsoleRooms = {
  'outbox.open': 'Việc chờ gửi',
  'cases.filter': 'Lọc danh sách',
  'cases.next': 'Dòng kế tiếp',
  'cases.previous': 'Dòng trước',
  'cases.act': 'Làm việc đầu tiên trong danh sách việc',
  'recording.play': 'Nghe hoặc dừng ghi âm',
  'board.remind': 'Nhắc xử lý',
  'case.openIt': 'Mở hồ sơ {code}',
} as const

export const enConsoleRooms: Record<keyof typeof viConsoleRooms, string> = {
  'outbox.open': 'Waiting to be sent',
  'cases.filter': 'Filter the list',
  'cases.next': 'Next row',
  'cases.previous': 'Previous row',
  'cases.act': 'Do the first of the acts',
  'recording.play': 'Play or pause the recording',
  'board.remind': 'Remind',
  'case.openIt': 'Open case {code}',
}
