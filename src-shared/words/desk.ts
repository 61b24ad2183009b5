/** What the desk process says by itself: what the register changed, and a local database that was set aside. */
export const viDesk = {
  'difference.due': 'Hạn xử lý đổi từ {from} sang {to}, vì cơ quan nhận phiếu trên hệ thống lúc {received}.',
  'difference.stage': 'Trạng thái đổi từ “{from}” sang “{to}” theo sổ gốc trên máy chủ.',
  'notice.store-rebuilt':
    'Cơ sở dữ liệu trên máy này bị hỏng, đã được cất riêng ({file}) và đang lập lại từ máy chủ. Giữ được {commands} việc chưa gửi và {drafts} bản nháp. Không cần làm gì thêm; hãy báo quản trị nếu việc này lặp lại.',
  'desk.newer-store':
    'Dữ liệu của bàn trực trong {dir} do một phiên bản mới hơn ghi, nên bản này không mở. Tệp được giữ nguyên; hãy cập nhật bàn trực rồi khởi động lại.',
  'desk.port-busy':
    'Cổng {port} dành cho bàn trực đang được một chương trình khác sử dụng. Hãy dừng chương trình đó, hoặc đặt BT1022_DESK_PORT là một cổng khác (bỏ trống thì bàn trực tự chọn).',
  'desk.bad-port': 'BT1022_DESK_PORT phải là một số nguyên từ 0 đến 65535.',
  'desk.data-dir':
    'Không ghi được vào thư mục dữ liệu của bàn trực {dir} ({reason}). Hãy kiểm tra quyền ghi hoặc chọn thư mục khác.',
  'failure.offline': 'Không liên lạc được với máy chủ. Những gì anh/chị đã nhập vẫn còn; hãy thử lại khi có kết nối.',
  'failure.never-synced':
    'Máy này chưa nhận dữ liệu của tỉnh lần nào. Hãy nối mạng và đăng nhập một lần trước khi dùng.',
  'failure.signed-out': 'Phiên làm việc đã kết thúc. Hãy đăng nhập lại; nội dung đang nhập vẫn còn.',
  'failure.wrong-password': 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
  'failure.offline-unknown':
    'Máy chủ chưa trả lời, và người này chưa từng đăng nhập trên máy này nên chưa thể vào khi mất mạng.',
  'failure.not-a-desk-account':
    'Tài khoản này không làm việc ở bàn trực. Cán bộ đầu mối và Thủ trưởng đơn vị mở trang của cơ quan trên trình duyệt, hoặc bấm liên kết trong tin nhắn.',
  'failure.desk-wiped':
    'Bàn trực này đã được lệnh xóa sạch dữ liệu nên không đăng nhập được. Mời làm việc tại bàn khác hoặc báo quản trị.',
  'failure.wipe-ordered': 'Bàn trực này đã có một lệnh xóa đang chờ thực hiện.',
  'failure.desk-unknown': 'Máy chủ không biết bàn trực này. Hãy tải lại danh sách.',
  'failure.locked': 'Đăng nhập sai nhiều lần. Hãy chờ ít phút rồi thử lại.',
  'failure.disk-full': 'Ổ đĩa đã đầy. Nội dung đang nhập còn trên màn hình; hãy giải phóng dung lượng rồi lưu lại.',
  'failure.recording-disk-full': 'Ổ đĩa đã đầy, ghi âm dừng từ đây. Cuộc gọi vẫn tiếp tục.',
  'failure.recording-io-error': 'Không ghi được xuống ổ đĩa, ghi âm dừng từ đây. Cuộc gọi vẫn tiếp tục.',
  'failure.recording-offline': 'Bản ghi âm nằm trên máy chủ, hiện chưa liên lạc được. Hãy thử lại khi có kết nối.',
  'failure.recording-refused': 'Máy chủ không cho phép nghe bản ghi âm này.',
  'failure.agency-unknown': 'Cơ quan này không còn trong danh bạ.',
  'failure.not-in-attention': 'Việc này đã được xử lý ở nơi khác.',
  'failure.bug': 'Có lỗi trong chương trình. Nội dung đang nhập vẫn còn; hãy thử lại hoặc báo quản trị.',
} as const

export const enDesk: Record<keyof typeof viDesk, string> = {
  'difference.due': 'The deadline moved from {from} to {to}: the agency received the slip in the system at {received}.',
  'difference.stage': 'The state changed from “{from}” to “{to}” in the register on the server.',
  'notice.store-rebuilt':
    'The local database was damaged. It was set aside ({file}) and is being rebuilt from the server. {commands} unsent acts and {drafts} drafts were kept. Nothing needs to be done; tell the administrator if it happens again.',
  'desk.newer-store':
    'The data of this desk in {dir} were written by a newer version, so this one does not open them. The file is left as it is; update the desk and start again.',
  'desk.port-busy':
    'Port {port} of the desk is in use by another program. Stop that program, or set BT1022_DESK_PORT to another port (left empty, the desk takes a free one).',
  'desk.bad-port': 'BT1022_DESK_PORT must be a whole number from 0 to 65535.',
  'desk.data-dir':
    'The data folder of the desk {dir} cannot be written ({reason}). Check the permissions or choose another folder.',
  'failure.offline': 'The server cannot be reached. What you typed is kept; try again when the link is back.',
  'failure.never-synced': 'This computer has never received the province’s data. Connect and sign in once before use.',
  'failure.signed-out': 'The session has ended. Sign in again; what you typed is still there.',
  'failure.wrong-password': 'The user name or the password is not right.',
  'failure.offline-unknown': 'The server does not answer, and this person has never signed in on this computer.',
  'failure.not-a-desk-account':
    'This account does not work at a desk. Officers and heads open the agency page in a browser, or the link in the message.',
  'failure.desk-wiped':
    'This desk has been ordered to destroy its data, so nobody can sign in here. Please work at another desk or tell the administrator.',
  'failure.wipe-ordered': 'An order to wipe this desk is already waiting.',
  'failure.desk-unknown': 'The server does not know this desk. Please load the list again.',
  'failure.locked': 'Too many wrong passwords. Wait some minutes and try again.',
  'failure.disk-full': 'The disk is full. What you typed is still on the screen; free some space and save again.',
  'failure.recording-disk-full': 'The disk is full; the recording stops here. The call goes on.',
  'failure.recording-io-error': 'The disk cannot be written; the recording stops here. The call goes on.',
  'failure.recording-offline':
    'The recording lies on the server, which cannot be reached. Try again when the link is back.',
  'failure.recording-refused': 'The server does not allow this recording to be heard.',
  'failure.agency-unknown': 'This agency is no longer in the directory.',
  'failure.not-in-attention': 'This has been dealt with elsewhere.',
  'failure.bug': 'Something is wrong in the program. What you typed is kept; try again or tell the administrator.',
}
