export const viServer = {
  'error.not-signed-in':
    'Phiên làm việc đã hết hoặc chưa đăng nhập. Mời đăng nhập lại; nội dung đang soạn vẫn được giữ.',
  'error.wrong-password': 'Tên đăng nhập hoặc mật khẩu không đúng.',
  'error.too-many': 'Đã thử quá nhiều lần. Vui lòng thử lại sau {seconds} giây.',
  'error.not-for-role': 'Tài khoản này không được giao việc đó.',
  'error.other-desk': 'Phiên làm việc này thuộc về một bàn trực khác. Mời đăng nhập lại tại bàn này.',
  'error.not-holder': 'Bàn trực này hiện không được giữ dữ liệu phản ánh.',
  'error.desk-wiped':
    'Bàn trực này đã được lệnh xóa sạch dữ liệu nên không đăng nhập hay nhận thêm gì được. Mời làm việc tại bàn khác hoặc báo quản trị.',
  'error.desk-unknown': 'Không có bàn trực nào mang mã này.',
  'error.wipe-ordered': 'Bàn trực này đã có một lệnh xóa đang chờ thực hiện.',
  'error.wipe-unknown': 'Không có lệnh xóa nào như vậy cho bàn trực này.',
  'error.recovery-unreadable':
    'Máy chủ không mở được bản khóa dự phòng của bàn trực này: tệp bị hỏng, của bàn khác, hoặc được bọc cho một máy chủ khác.',
  'error.protocol':
    'Máy chủ (phiên bản {version}, giao thức {protocol}) và bàn trực không cùng giao thức. Cần cập nhật; việc chưa gửi vẫn được giữ tại bàn.',
  'error.command-unreadable': 'Máy chủ không đọc được một lệnh (tại {path}). Các lệnh trước đó đã được ghi nhận.',
  'error.n-taken':
    'Số thứ tự {n} đã được dùng cho một lệnh khác: dữ liệu tại bàn này có thể đã được khôi phục từ bản cũ. Hãy báo quản trị.',
  'error.code-year': 'Mã biên nhận chỉ được cấp cho năm {year} và năm kế tiếp; đồng hồ của máy có thể sai năm.',
  'error.case-not-found': 'Không tìm thấy hồ sơ này trong phạm vi được xem.',
  'error.no-line': 'Máy chủ này không mở đường dây điện thoại.',
  'error.link-expired':
    'Đường dẫn không đúng hoặc đã hết hạn. Hãy mở đường dẫn trong tin nhắn mới nhất, hoặc đăng nhập.',
  'error.code-wrong': 'Mã xác nhận không đúng. Còn {tries} lần thử.',
  'error.code-expired': 'Mã xác nhận đã hết hiệu lực. Hãy yêu cầu gửi mã mới.',
  'error.calendar-unknown': 'Không có lịch làm việc nào mang mã "{calendarId}".',
  'error.calendar-changed':
    'Lịch làm việc vừa được thay đổi sau khi xem trước. Hãy xem trước lại rồi ghi nhận; nội dung đang nhập vẫn được giữ.',
  'error.calendar-problems': 'Nội dung nhập vào lịch làm việc còn chỗ sai ({path}); chưa có gì được ghi nhận.',
  'error.bad-request': 'Yêu cầu không hợp lệ ({path}).',
  'error.too-large': 'Nội dung gửi lên quá lớn.',
  'error.no-snapshot': 'Máy chủ chưa có bản chụp nào của dữ liệu phản ánh; bàn trực nhận từng phần theo dòng.',
  'error.snapshot-gone': 'Bản chụp này không còn trên máy chủ nữa.',
  'error.not-found': 'Không có địa chỉ này trên máy chủ.',
  'error.not-built': 'Giao diện chưa được dựng trên máy chủ. Hãy chạy lệnh "npm run build" rồi mở lại.',
  'error.internal': 'Máy chủ gặp lỗi ngoài dự kiến (mã {id}). Việc đang làm chưa được ghi nhận; vui lòng thử lại.',

  'config.bad-value': 'Cấu hình sai trong {file}: "{key}" là {value}. Giá trị được phép: {allowed}.',
  'config.unknown-key': 'Cấu hình sai trong {file}: không có mục nào tên là "{key}".',
  'config.no-file': 'Không tìm thấy tệp cấu hình {file}.',
  'config.not-json': 'Tệp cấu hình {file} không phải JSON hợp lệ: {reason}.',
  'config.data-dir':
    'Không ghi được vào thư mục dữ liệu {dir} ({reason}). Hãy kiểm tra quyền ghi hoặc chọn "dataDir" khác.',
  'config.database': 'Không mở được sổ đăng ký {file}: {reason}.',
  'config.database-damaged':
    'Sổ đăng ký {file} bị hỏng ({reason}). Máy chủ không mở và không ghi đè tệp này; hãy cất riêng tệp rồi phục hồi bản sao lưu gần nhất vào đúng chỗ đó.',
  'config.database-newer':
    'Sổ đăng ký {file} do một phiên bản máy chủ mới hơn ghi (bước {step}). Tệp được giữ nguyên; hãy chạy phiên bản mới hơn đó, hoặc phục hồi bản sao lưu của phiên bản này.',
  'config.postgres':
    'Không mở được sổ đăng ký trên PostgreSQL tại {url}: {reason}. Hãy kiểm tra BT1022_DATABASE_URL (mục "databaseUrl" trong tệp cấu hình) và máy chủ PostgreSQL.',
  'config.postgres-newer':
    'Sổ đăng ký trên PostgreSQL tại {url} do một phiên bản máy chủ mới hơn ghi (bước {step}). Sổ được giữ nguyên; hãy chạy phiên bản mới hơn đó, hoặc phục hồi bản sao lưu của phiên bản này.',
  'config.port-busy':
    'Cổng {port} trên {host} đang được {holder} sử dụng. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng biến BT1022_PORT (mục "port" trong tệp cấu hình).',
  'config.holder.server': 'một máy chủ Bàn Trực 1022 (phiên bản {version}) đang chạy',
  'config.holder.other': 'một chương trình khác',
  'config.address': 'Không thể lắng nghe tại {host}, cổng {port} ({reason}).',
  'config.province-file':
    'Tệp dữ liệu của tỉnh {file} không dùng được: {reason}. Hãy sửa tệp hoặc chép lại bản gốc, rồi khởi động lại.',
  'config.policy-file':
    'Tệp quy chế {file} không dùng được, tại {path}: {reason}. Hãy sửa tệp hoặc chép lại bản gốc, rồi khởi động lại.',
  'config.policy-version-twice': 'phiên bản {version} đã có trong tệp {other}',
  'config.calendar-file':
    'Tệp lịch làm việc {file} không dùng được: {reason}. Hãy sửa tệp hoặc chép lại bản gốc, rồi khởi động lại.',
  'config.json-place': 'dòng {line}, cột {column}',
  'config.json-broken': 'không phải JSON hợp lệ hoặc bị cắt ngang',
  'config.allowed.host': 'một địa chỉ máy, ví dụ "127.0.0.1"',
  'config.allowed.port': 'một số nguyên từ 0 đến 65535',
  'config.allowed.databaseUrl':
    'địa chỉ của một cơ sở dữ liệu PostgreSQL, ví dụ "postgres://nguoi_dung:mat_khau@may_chu:5432/ban_truc"',
  'config.allowed.language': '"vi" hoặc "en"',
  'config.allowed.clock': '"system" hoặc "steerable"',
  'config.allowed.instant': 'một thời điểm có múi giờ, ví dụ 2026-11-20T09:00:00+07:00',
  'config.allowed.boolean': 'true hoặc false',
  'config.allowed.password': 'ít nhất 8 ký tự',
  'config.allowed.url': 'một địa chỉ đầy đủ, ví dụ "https://1022.tinh.gov.vn"',
  'config.allowed.sessionHours': 'một số từ 1 đến 168 (giờ)',
  'config.allowed.log': '"silent", "error", "warn", "info" hoặc "debug"',
  'config.allowed.queueNumber': '3 đến 12 chữ số, viết trong ngoặc kép',
  'config.allowed.offerSeconds': 'một số nguyên từ 3 đến 300 (giây)',
  'config.allowed.wrapUpSeconds': 'một số nguyên từ 0 đến 3600 (giây)',
  'config.allowed.count': 'một số nguyên từ 0 trở lên',
  'config.allowed.text': 'một giá trị đúng kiểu như trong tài liệu của máy chủ',

  'slip.deadline': '{left}, hạn là {due}',

  'message.receipt':
    'Tổng đài {hotline} đã tiếp nhận phản ánh của Ông/Bà, mã biên nhận {code}. Tra cứu kết quả: {lookUpUrl}',
  'message.refusal':
    'Tổng đài {hotline}: phản ánh mã {code} không thuộc diện tiếp nhận. Lý do: {reason}. Đề nghị Ông/Bà liên hệ: {referredTo}.',
  'message.citizen-answer': 'Tổng đài {hotline} trả lời phản ánh mã {code} của Ông/Bà: {answer}',
  'message.slip-sent':
    'Tổng đài {hotline} chuyển phiếu {code} đến {agency}: {summary}. Hạn trả lời: {due}. Mở phiếu: {link}',
  'message.slip-reminded':
    'Tổng đài {hotline} nhắc phiếu {code} ({agency}): {summary}. Hạn trả lời: {due}. Mở phiếu: {link}',
  'message.slip-due-soon':
    'Tổng đài {hotline} nhắc phiếu {code} ({agency}) sắp đến hạn: {summary}. Hạn trả lời: {due}. Mở phiếu: {link}',
  'message.slip-escalated':
    'Phiếu {code} quá 08 giờ làm việc chưa được trả lời, nay chuyển Thủ trưởng {agency}: {summary}. Hạn giải quyết: {due}. Mở phiếu: {link}',
  'message.case-late':
    'Phiếu {code} tại {agency} trễ hạn (đang chờ xử lý), kính báo Văn phòng để báo cáo lãnh đạo UBND tỉnh.',
  'message.competence-asked':
    'Phiếu {code} chưa rõ thẩm quyền, kính đề nghị Văn phòng xác định đơn vị giải quyết: {summary}',
  'message.consult-asked': 'Phiếu {code}: xin ý kiến {agency} về nội dung: {question}. Đề nghị trả lời trước {due}.',
  'message.consult-reminded':
    'Phiếu {code}: nhắc lần {count} việc trả lời ý kiến của {agency}: {question}. Thời hạn: {due}.',
  'message.one-time-code':
    'Mã xác nhận mở phiếu của Tổng đài 1022 là {digits}, có hiệu lực {minutes} phút. Không chuyển mã này cho người khác.',
} as const

export const enServer: Record<keyof typeof viServer, string> = {
  'error.not-signed-in':
    'The session has ended or nobody is signed in. Please sign in again; what is being written is kept.',
  'error.wrong-password': 'The user name or the password is wrong.',
  'error.too-many': 'Too many tries. Please try again in {seconds} seconds.',
  'error.not-for-role': 'This account is not entrusted with that.',
  'error.other-desk': 'This session belongs to another desk. Please sign in again at this one.',
  'error.not-holder': 'This desk may not hold the cases at present.',
  'error.desk-wiped':
    'This desk has been ordered to destroy its data, so nobody can sign in here and it is given nothing more. Please work at another desk or tell the administrator.',
  'error.desk-unknown': 'There is no desk with this id.',
  'error.wipe-ordered': 'An order to wipe this desk is already waiting.',
  'error.wipe-unknown': 'There is no such order for this desk.',
  'error.recovery-unreadable':
    "The server cannot open this desk's spare keys: the file is damaged, another desk's, or wrapped for another server.",
  'error.protocol':
    'The server (version {version}, protocol {protocol}) and the desk do not speak the same protocol. An update is needed; unsent work is kept at the desk.',
  'error.command-unreadable': 'The server cannot read a command (at {path}). The ones before it were recorded.',
  'error.n-taken':
    'The number {n} was used for another command: the data of this desk may have been restored from an older copy. Please tell the administrator.',
  'error.code-year':
    'Receipt codes are leased for {year} and the year after only; this computer may have the wrong year.',
  'error.case-not-found': 'There is no such case among those you may see.',
  'error.no-line': 'This server runs no telephone line.',
  'error.link-expired': 'The link is wrong or has expired. Open the link in the newest message, or sign in.',
  'error.code-wrong': 'The code is wrong. {tries} tries are left.',
  'error.code-expired': 'The code has expired. Please ask for a new one.',
  'error.calendar-unknown': 'There is no calendar called "{calendarId}".',
  'error.calendar-changed':
    'The calendars were changed after this preview. Please look at the preview again; what was typed is kept.',
  'error.calendar-problems': 'Something entered into the calendar is wrong ({path}); nothing was recorded.',
  'error.bad-request': 'The request is not valid ({path}).',
  'error.too-large': 'What was sent is too large.',
  'error.no-snapshot': 'The server has no snapshot of the cases yet; the desk takes them as a stream.',
  'error.snapshot-gone': 'This snapshot is no longer on the server.',
  'error.not-found': 'There is no such address on this server.',
  'error.not-built': 'The pages have not been built on this server. Run "npm run build" and open them again.',
  'error.internal':
    'The server met an unexpected fault (id {id}). What you were doing was not recorded; please try again.',

  'config.bad-value': 'Wrong setting in {file}: "{key}" is {value}. Allowed: {allowed}.',
  'config.unknown-key': 'Wrong setting in {file}: there is nothing called "{key}".',
  'config.no-file': 'There is no settings file {file}.',
  'config.not-json': 'The settings file {file} is not valid JSON: {reason}.',
  'config.data-dir':
    'The data folder {dir} cannot be written ({reason}). Check its permissions or choose another "dataDir".',
  'config.database': 'The register {file} cannot be opened: {reason}.',
  'config.database-damaged':
    'The register {file} is damaged ({reason}). The server neither opens nor overwrites it; put the file aside and restore the latest backup in its place.',
  'config.database-newer':
    'The register {file} was written by a newer version of the server (step {step}). It is left as it is; run that newer version, or restore a backup of this one.',
  'config.postgres':
    'The register on PostgreSQL at {url} cannot be opened: {reason}. Check BT1022_DATABASE_URL ("databaseUrl" in the settings file) and the PostgreSQL server.',
  'config.postgres-newer':
    'The register on PostgreSQL at {url} was written by a newer version of the server (step {step}). It is left as it is; run that newer version, or restore a backup of this one.',
  'config.port-busy':
    'Port {port} on {host} is in use by {holder}. Stop that program, or choose another port with BT1022_PORT ("port" in the settings file).',
  'config.holder.server': 'a running Bàn Trực 1022 server (version {version})',
  'config.holder.other': 'another program',
  'config.address': 'Cannot listen on {host}, port {port} ({reason}).',
  'config.province-file':
    'The province file {file} cannot be used: {reason}. Mend it or copy the original, then start again.',
  'config.policy-file':
    'The policy file {file} cannot be used, at {path}: {reason}. Mend it or copy the original, then start again.',
  'config.policy-version-twice': 'the version {version} is already in {other}',
  'config.calendar-file':
    'The calendar file {file} cannot be used: {reason}. Mend it or copy the original, then start again.',
  'config.json-place': 'line {line}, column {column}',
  'config.json-broken': 'not valid JSON, or cut short',
  'config.allowed.host': 'an address of this machine, e.g. "127.0.0.1"',
  'config.allowed.port': 'a whole number from 0 to 65535',
  'config.allowed.databaseUrl':
    'the address of a PostgreSQL database, such as "postgres://user:password@host:5432/ban_truc"',
  'config.allowed.language': '"vi" or "en"',
  'config.allowed.clock': '"system" or "steerable"',
  'config.allowed.instant': 'an instant with an offset, such as 2026-11-20T09:00:00+07:00',
  'config.allowed.boolean': 'true or false',
  'config.allowed.password': 'at least 8 characters',
  'config.allowed.url': 'a full address, e.g. "https://1022.province.gov.vn"',
  'config.allowed.sessionHours': 'a number from 1 to 168 (hours)',
  'config.allowed.log': '"silent", "error", "warn", "info" or "debug"',
  'config.allowed.queueNumber': '3 to 12 digits, in quotes',
  'config.allowed.offerSeconds': 'a whole number from 3 to 300 (seconds)',
  'config.allowed.wrapUpSeconds': 'a whole number from 0 to 3600 (seconds)',
  'config.allowed.count': 'a whole number from 0 up',
  'config.allowed.text': "a value of the kind the server's manual names",

  'slip.deadline': '{left}, due {due}',

  'message.receipt': 'Hotline {hotline} has received your report, receipt code {code}. Look it up at {lookUpUrl}',
  'message.refusal':
    'Hotline {hotline}: report {code} cannot be received here. Reason: {reason}. Please turn to: {referredTo}.',
  'message.citizen-answer': 'Hotline {hotline} answers your report {code}: {answer}',
  'message.slip-sent': 'Hotline {hotline} sends slip {code} to {agency}: {summary}. Due: {due}. Open: {link}',
  'message.slip-reminded': 'Hotline {hotline} reminds of slip {code} ({agency}): {summary}. Due: {due}. Open: {link}',
  'message.slip-due-soon': 'Hotline {hotline}: slip {code} ({agency}) is due soon: {summary}. Due: {due}. Open: {link}',
  'message.slip-escalated':
    'Slip {code} was not answered within 8 working hours and now goes to the head of {agency}: {summary}. Due: {due}. Open: {link}',
  'message.case-late': 'Slip {code} at {agency} is late and still open; reported to the provincial office.',
  'message.competence-asked': 'Slip {code}: competence unclear, please name the agency: {summary}',
  'message.consult-asked': 'Slip {code}: the opinion of {agency} is asked: {question}. Please reply before {due}.',
  'message.consult-reminded': 'Slip {code}: reminder {count} for the opinion of {agency}: {question}. Due: {due}.',
  'message.one-time-code': 'Your code for the 1022 slip is {digits}, valid for {minutes} minutes. Do not pass it on.',
}
