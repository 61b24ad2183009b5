import type { EndReason, Line, PhoneReply, Registration } from '../phone/phone.ts'

/** What the citizen reads. A page of its own for people who know no term of ours, so its words stand here and are few. */
export const statusOf = (line: Line): string => {
  if (line.state === 'dialling') {
    if (line.progress !== 'queued') return line.progress === 'ringing' ? 'Đang đổ chuông…' : 'Đang gọi…'
    return line.queuePosition === null
      ? 'Đang chờ tổng đài viên'
      : `Đang chờ tổng đài viên – vị trí ${line.queuePosition}`
  }
  if (line.state === 'ended') return endings[line.endReason ?? 'failed']
  if (line.isHeldThere) return 'Tổng đài viên đang tạm giữ máy, xin chờ'
  return line.isMuted ? 'Đang nói chuyện – micro của anh/chị đang tắt' : 'Đang nói chuyện'
}

const endings: Record<EndReason, string> = {
  'hung-up-here': 'Cuộc gọi đã kết thúc',
  'hung-up-there': 'Cuộc gọi đã kết thúc',
  'declined-here': 'Cuộc gọi đã kết thúc',
  'declined-there': 'Tổng đài chưa nhận được cuộc gọi. Xin gọi lại sau ít phút.',
  'cancelled-here': 'Anh/chị đã dừng cuộc gọi',
  'cancelled-there': 'Cuộc gọi đã kết thúc',
  'answered-elsewhere': 'Cuộc gọi đã kết thúc',
  busy: 'Tổng đài đang bận. Xin gọi lại sau ít phút.',
  'no-answer': 'Chưa có tổng đài viên trả lời. Xin gọi lại sau ít phút.',
  'not-found': 'Không kết nối được tới tổng đài. Xin gọi số 1022 bằng điện thoại.',
  unavailable: 'Hiện không có tổng đài viên trực. Xin gọi lại sau ít phút.',
  transferred: 'Cuộc gọi đã kết thúc',
  'no-microphone': 'Không mở được micro',
  failed: 'Cuộc gọi bị ngắt. Xin gọi lại.',
}

type RefusalCode = Extract<PhoneReply, { ok: false }>['code']

/** What went wrong and what to do about it. */
export const problemOf = (code: RefusalCode): string => {
  if (code === 'permission-denied') {
    return 'Trình duyệt chưa cho phép dùng micro. Hãy bấm vào biểu tượng ổ khóa cạnh địa chỉ trang, chọn cho phép Micro, rồi bấm “Gọi 1022” lần nữa.'
  }
  if (code === 'no-microphone') {
    return 'Không tìm thấy micro, hoặc một chương trình khác đang dùng. Hãy kiểm tra micro rồi bấm “Gọi 1022” lần nữa.'
  }
  return 'Chưa gọi được. Xin thử lại, hoặc gọi số 1022 bằng điện thoại.'
}

export const lineProblemOf = (why: Registration['why']): string =>
  why === 'wrong-password' || why === 'unknown-user' || why === 'refused'
    ? 'Tổng đài chưa nhận cuộc gọi từ trình duyệt này. Xin tải lại trang rồi thử lại.'
    : 'Không kết nối được tới tổng đài. Xin kiểm tra mạng rồi thử lại, hoặc gọi số 1022 bằng điện thoại.'

export const silentProblem =
  'Chưa nghe được tiếng từ tổng đài. Xin kiểm tra loa; nếu vẫn không nghe, hãy kết thúc và gọi lại.'

export const words = {
  opening: 'Đang mở micro và kết nối…',
  mute: 'Tắt tiếng',
  unmute: 'Bật tiếng',
  key: (tone: string) => `Phím ${tone === '*' ? 'sao' : tone === '#' ? 'thăng' : tone}`,
}
