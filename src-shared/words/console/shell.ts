/** The frame of the console: rooms, sign-in, status line, finding, keys, faults. */
export const viConsoleShell = {
  'shell.product': 'Bàn Trực 1022',
  'shell.opening': 'Đang mở bàn trực…',
  'shell.rooms': 'Các phòng làm việc',
  'shell.theme': 'Đổi nền sáng, tối',
  'shell.account': 'Tài khoản',
  'shell.otherLanguage': 'English',

  'room.duty': 'Trực',
  'room.cases': 'Hồ sơ',
  'room.knowledge': 'Tri thức',
  'room.board': 'Giám sát',
  'room.office': 'Văn phòng',
  'room.admin': 'Quản trị',

  'ui.close': 'Đóng',
  'ui.clear': 'Xóa lựa chọn',
  'ui.nothingFound': 'Không tìm thấy. Thử gõ ít chữ hơn, có dấu hoặc không dấu đều được.',
  'ui.cancel': 'Thôi',

  'signIn.title': 'Đăng nhập',
  'signIn.noProvince': 'Tổng đài dịch vụ công',
  'signIn.username': 'Tên đăng nhập',
  'signIn.password': 'Mật khẩu',
  'signIn.show': 'Hiện hoặc ẩn mật khẩu',
  'signIn.missing': 'Cần nhập mục này.',
  'signIn.enter': 'Vào ca trực',
  'signIn.leave': 'Kết thúc ca, đăng xuất',
  'signIn.offline':
    'Chưa nối được với máy chủ. Người đã từng đăng nhập trên máy này vẫn vào làm việc được; việc làm sẽ gửi đi khi có kết nối.',

  'status.bar': 'Tình trạng bàn trực',
  'status.connected': 'Đã kết nối',
  'status.synced': 'Đã đồng bộ {at}',
  'status.connecting': 'Đang kết nối với máy chủ…',
  'status.offline': 'Mất kết nối từ {at}',
  'status.update-desk': 'Cần cập nhật bàn trực (máy chủ {version})',
  'status.update-server': 'Máy chủ {version} cần cập nhật',
  'status.signedOut': 'Phiên đã kết thúc',
  'status.deskGone': 'Chương trình bàn trực đang khởi động lại',
  'status.waiting': '{count} chờ gửi',
  'status.attention': '{count} việc cần xem lại',
  'status.lineReady': 'Đường dây sẵn sàng',
  'status.lineGood': 'Đường dây tốt (MOS {mos})',
  'status.lineFair': 'Đường dây tạm được (MOS {mos})',
  'status.linePoor': 'Đường dây kém (MOS {mos})',
  'status.recordings': 'Ghi âm {size}',
  'status.recordingsFree': 'Ghi âm {size}, trống {free}',
  'status.uploads': '{count} bản chờ tải lên',
  'status.codesLeft': 'Còn {count} mã biên nhận dùng khi mất mạng',

  'notice.deskGone':
    'Phần lưu trữ của bàn trực đang khởi động lại. Cuộc gọi vẫn tiếp tục, nội dung đang nhập còn nguyên trên màn hình; anh/chị cứ làm tiếp.',
  'notice.update-desk':
    'Máy chủ đã lên phiên bản {version}. Bàn trực này cần được cập nhật; việc chưa gửi vẫn giữ nguyên ở đây.',
  'notice.update-server':
    'Bàn trực mới hơn máy chủ ({version}). Hãy báo quản trị cập nhật máy chủ; việc chưa gửi vẫn giữ nguyên ở đây.',
  'notice.signedOut':
    'Máy chủ đã kết thúc phiên làm việc. Nội dung đang nhập vẫn còn; hãy đăng xuất rồi đăng nhập lại.',
  'notice.understood': 'Đã rõ',

  'find.open': 'Tìm nhanh',
  'find.hint': 'Mã biên nhận, số điện thoại, họ tên, nội dung, bài tri thức',
  'find.results': 'Kết quả tìm',
  'find.nothing': 'Không tìm thấy. Mã biên nhận có dạng 26-0048213-K; gõ tên không dấu cũng được.',
  'find.noSuchCode':
    'Mã {code} viết đúng, nhưng không có hồ sơ nào mang mã này trên máy. Hãy hỏi lại người dân từng ký tự.',
  'find.perhaps': 'Có thể là:',
  'codeProblem.length': 'Mã này thừa hoặc thiếu ký tự.',
  'codeProblem.check': 'Chữ kiểm tra không khớp.',
  'codeProblem.characters': 'Mã này có ký tự lạ.',

  'keys.help': 'Bảng phím tắt',
  'keys.everywhere': 'Ở mọi nơi',
  'keys.duty': 'Phòng Trực',
  'keys.cases': 'Phòng Hồ sơ',
  'keys.board': 'Phòng Giám sát',

  'fault.title': 'Màn hình gặp lỗi',
  'fault.kept': 'Bản nháp đã được lưu, cuộc gọi không bị ảnh hưởng. Bấm nút dưới đây để mở lại màn hình.',
  'fault.again': 'Mở lại màn hình',

  'problem.desk': 'Chưa làm được: {why}',
  'problem.kept': 'Nội dung đã nhập vẫn còn nguyên.',
  'problem.invalid': 'Mục này còn thiếu hoặc chưa đúng.',
  'problem.invalidAt': 'Mục “{field}” còn thiếu hoặc chưa đúng.',
  'problem.noCodes':
    'Bàn trực đã hết mã biên nhận. Hãy nối mạng để nhận mã mới; nội dung đã nhập được giữ trong bản nháp.',
} as const

export const enConsoleShell: Record<keyof typeof viConsoleShell, string> = {
  'shell.product': 'Duty Desk 1022',
  'shell.opening': 'Opening the desk…',
  'shell.rooms': 'Rooms',
  'shell.theme': 'Switch light and dark',
  'shell.account': 'Account',
  'shell.otherLanguage': 'Tiếng Việt',

  'room.duty': 'Duty',
  'room.cases': 'Cases',
  'room.knowledge': 'Knowledge',
  'room.board': 'Board',
  'room.office': 'Office',
  'room.admin': 'Administration',

  'ui.close': 'Close',
  'ui.clear': 'Clear the choice',
  'ui.nothingFound': 'Nothing found. Try fewer letters; marks may be left out.',
  'ui.cancel': 'Cancel',

  'signIn.title': 'Sign in',
  'signIn.noProvince': 'Public-service hotline',
  'signIn.username': 'User name',
  'signIn.password': 'Password',
  'signIn.show': 'Show or hide the password',
  'signIn.missing': 'This is needed.',
  'signIn.enter': 'Begin the shift',
  'signIn.leave': 'End the shift, sign out',
  'signIn.offline':
    'The server cannot be reached yet. Whoever has signed in on this computer before can work; the work is sent when the link is back.',

  'status.bar': 'State of the desk',
  'status.connected': 'Connected',
  'status.synced': 'Synced {at}',
  'status.connecting': 'Connecting to the server…',
  'status.offline': 'No link since {at}',
  'status.update-desk': 'This desk must be updated (server {version})',
  'status.update-server': 'Server {version} must be updated',
  'status.signedOut': 'The session has ended',
  'status.deskGone': 'The desk program is restarting',
  'status.waiting': '{count} to send',
  'status.attention': '{count} need attention',
  'status.lineReady': 'Line ready',
  'status.lineGood': 'Line good (MOS {mos})',
  'status.lineFair': 'Line fair (MOS {mos})',
  'status.linePoor': 'Line poor (MOS {mos})',
  'status.recordings': 'Recordings {size}',
  'status.recordingsFree': 'Recordings {size}, {free} free',
  'status.uploads': '{count} to upload',
  'status.codesLeft': '{count} receipt codes left for work without a link',

  'notice.deskGone':
    'The storage of the desk is restarting. The call goes on and what you typed is still on the screen; carry on.',
  'notice.update-desk': 'The server now runs {version}. This desk must be updated; unsent work is kept here.',
  'notice.update-server':
    'This desk is newer than the server ({version}). Ask for an update; unsent work is kept here.',
  'notice.signedOut': 'The server ended the session. What you typed is kept; sign out and in again.',
  'notice.understood': 'Understood',

  'find.open': 'Find',
  'find.hint': 'Receipt code, telephone number, name, content, article',
  'find.results': 'Found',
  'find.nothing': 'Nothing found. A receipt code looks like 26-0048213-K; names may be typed without marks.',
  'find.noSuchCode':
    'The code {code} is well formed, but no case on this computer has it. Ask the citizen again, character by character.',
  'find.perhaps': 'It could be:',
  'codeProblem.length': 'This code has a character too many or too few.',
  'codeProblem.check': 'The check letter does not fit.',
  'codeProblem.characters': 'This code has a strange character.',

  'keys.help': 'Keyboard shortcuts',
  'keys.everywhere': 'Everywhere',
  'keys.duty': 'Duty room',
  'keys.cases': 'Cases room',
  'keys.board': 'Board',

  'fault.title': 'The screen failed',
  'fault.kept': 'Drafts were saved and the call is not touched. Press the button to open the screen again.',
  'fault.again': 'Open the screen again',

  'problem.desk': 'Not done: {why}',
  'problem.kept': 'What you typed is kept.',
  'problem.invalid': 'This is missing or not right.',
  'problem.invalidAt': '“{field}” is missing or not right.',
  'problem.noCodes': 'This desk has no receipt codes left. Connect to get more; what you typed is kept in the draft.',
}
