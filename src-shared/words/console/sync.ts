/** How sure each fact is: confirmed, waiting, stale with its age; what is unsent and why; the desks of the province. */
export const viConsoleSync = {
  'sync.waiting': 'chờ gửi',
  'sync.attention': 'cần xem lại',
  'sync.dueReckoned': '{state}, hạn tạm tính',
  'sync.why': 'Xem lý do',
  'sync.asOf': 'Theo sổ gốc lúc {at} ({ago})',
  'sync.asOfNever': 'Máy này chưa nhận sổ gốc lần nào',

  'ago.now': 'vừa xong',
  'ago.minutes': '{count} phút trước',
  'ago.hours': '{count} giờ trước',
  'ago.days': '{count} ngày trước',
  'span.days': '{count} ngày',
  'span.hours': '{count} giờ',
  'span.minutes': '{count} phút',

  'progress.snapshot': 'Đang nhận hồ sơ {done}/{total} phần',
  'progress.events': 'Đang nhận diễn biến {done}/{total}',
  'progress.indexing': 'Còn {left} hồ sơ đang lập chỉ mục tìm kiếm',
  'progress.listPartial': '{progress}: danh sách chưa đủ.',
  'progress.searchPartial': '{progress}: có thể chưa tìm thấy hết.',

  'status.waitingSince': '{count} chờ gửi từ {at}',
  'status.holdsNothing': 'Máy này không giữ hồ sơ',
  'status.diskFull': 'Ổ đĩa đã đầy',

  'notice.diskFull':
    'Ổ đĩa của máy này đã đầy nên chưa lưu thêm được gì. Việc đã báo “Đã lưu” vẫn an toàn; nội dung trên màn hình chưa được lưu, xin đừng đóng cửa sổ. Hãy xóa bớt tệp khác trên máy; bàn trực tự lưu tiếp khi có chỗ.',
  'notice.holdsNothing':
    'Máy này không còn được giữ hồ sơ, vì không còn ai được xem hồ sơ làm việc ở đây. Danh sách hồ sơ sẽ trống; việc chưa gửi và bản nháp vẫn còn. Người được giao xem hồ sơ đăng nhập khi có mạng thì hồ sơ về lại.',
  'notice.codesLow':
    'Còn {count} mã biên nhận và đang mất kết nối. Khi hết mã vẫn viết và lưu nháp được, nhưng chưa có mã để đọc cho người dân và chưa chuyển phiếu được cho tới khi có mạng.',
  'notice.codesNone':
    'Đã hết mã biên nhận. Hồ sơ mới được giữ thành bản nháp, chưa có mã để đọc cho người dân; hãy ghi số điện thoại để gọi lại. Máy tự nhận mã mới khi có mạng.',
  'notice.key-lost':
    'Máy này mất khóa mã hóa nên không đọc được dữ liệu cũ. Tệp cũ được cất riêng ({file}), hồ sơ đang nhận lại từ máy chủ. Việc chưa gửi và bản nháp sẽ được mở lại khi máy chủ trả khóa; hãy giữ kết nối và đăng nhập như mọi ngày.',
  'notice.key-recovered':
    'Máy chủ đã trả khóa mã hóa. Lấy lại được {commands} việc chưa gửi, {drafts} bản nháp và {recordings} bản ghi âm chưa tải lên.',
  'notice.register-reset':
    'Sổ gốc trên máy chủ đã được phục hồi từ bản sao lưu. Máy này nhận lại toàn bộ hồ sơ và gửi lại {sentAgain} việc gần đây để không mất gì; mã đã đọc cho người dân vẫn giữ nguyên. Hãy xem lại trang “Việc chờ gửi” sau ít phút.',
  'notice.holding-ended':
    'Máy này không còn được giữ hồ sơ, vì không còn ai được xem hồ sơ làm việc ở đây. Hồ sơ trên máy đã được gỡ; việc chưa gửi và bản nháp vẫn còn.',
  'notice.wiped':
    'Quản trị đã ra lệnh xóa dữ liệu của bàn trực này, vì: {reason}. Hồ sơ, bản nháp, ghi âm và việc chưa gửi trên máy đã được xóa. Đăng nhập khi có mạng để dùng lại từ đầu.',
  'notice.codes-refused':
    '{count} dải mã biên nhận của máy này không còn dùng được, vì đã cấp cho bàn khác sau khi sổ gốc được phục hồi. Máy tự nhận mã mới; nếu vừa đọc mã cho người dân mà hồ sơ nằm ở “Cần xem lại”, hãy gọi lại báo mã mới.',

  'outbox.open': 'Việc chờ gửi',
  'outbox.attention': 'Cần xem lại ({count})',
  'outbox.attentionHint':
    'Máy chủ không ghi nhận các việc này. Lời đã viết còn nguyên: làm lại cho đúng, hoặc bỏ qua khi không còn cần.',
  'outbox.noAttention':
    'Không có việc nào bị từ chối. Khi máy chủ không ghi nhận một việc, việc ấy nằm ở đây với lý do và nguyên lời đã viết.',
  'outbox.waiting': 'Chờ gửi ({count})',
  'outbox.allSent': 'Tất cả đã được máy chủ ghi nhận. Việc làm khi mất mạng nằm ở đây cho tới khi gửi được.',
  'outbox.whyOffline':
    'Chưa gửi vì mất kết nối với máy chủ từ {at}. Các việc này tự gửi theo đúng thứ tự khi có kết nối; không cần làm gì.',
  'outbox.whyConnecting': 'Đang kết nối lại với máy chủ; các việc này tự gửi ngay sau đó.',
  'outbox.whySignedOut': 'Chưa gửi vì phiên làm việc đã kết thúc. Hãy đăng xuất rồi đăng nhập lại; không mất gì cả.',
  'outbox.whyUpdateDesk':
    'Chưa gửi vì bàn trực này cần được cập nhật để nói chuyện với máy chủ {version}. Các việc này giữ nguyên và tự gửi sau khi cập nhật.',
  'outbox.whyUpdateServer':
    'Chưa gửi vì máy chủ {version} cũ hơn bàn trực. Các việc này giữ nguyên và tự gửi sau khi máy chủ được cập nhật.',
  'outbox.whyRole':
    'Chưa gửi vì tài khoản đang đăng nhập không gửi việc của hồ sơ. Các việc này tự gửi khi người trực đăng nhập.',
  'outbox.whyDiskFull': 'Chưa gửi vì ổ đĩa đã đầy. Các việc này còn nguyên và tự gửi khi có chỗ.',
  'outbox.whySending': 'Đang gửi theo thứ tự.',
  'outbox.sending': 'đang gửi',
  'outbox.first': 'gửi đầu tiên',
  'outbox.behind': 'sau {count} việc',
  'outbox.sent': 'Đã đến máy chủ, đang về sổ ({count})',
  'outbox.sentHint': 'Máy chủ đã nhận; máy này đang chờ nhận lại diễn biến từ sổ gốc.',
  'outbox.case': 'hồ sơ chưa có mã',
  'outbox.column.at': 'Lúc',
  'outbox.column.case': 'Hồ sơ',
  'outbox.column.act': 'Việc',
  'outbox.column.who': 'Người làm',
  'outbox.column.why': 'Tình trạng',
  'outbox.column.difference': 'Sổ gốc ghi khác ở chỗ',
  'outbox.madeBy': '{name}, {at}',
  'outbox.again': 'Làm lại với lời này',
  'outbox.dismiss': 'Đã xem, bỏ qua',
  'outbox.words': 'Lời đã viết',
  'outbox.next': 'Việc kế tiếp',
  'outbox.previous': 'Việc trước',
  'outbox.differences': 'Khác với tạm tính trên máy này',
  'outbox.noDifferences':
    'Máy chủ ghi nhận đúng như đã tạm tính. Khi hạn hay trạng thái trong sổ gốc khác với điều máy này đã báo, chỗ khác và lý do nằm ở đây.',
  'outbox.notPossible': 'Việc “{act}” không còn làm được với hồ sơ này. Lời đã viết vẫn còn ở trang “Việc chờ gửi”.',
  'keys.outbox': 'Việc chờ gửi',

  'admin.desks': 'Bàn trực',
  'desks.none': 'Chưa có bàn trực nào. Danh sách này tự đầy khi một máy đăng nhập lần đầu.',
  'desks.noLink':
    'Danh sách bàn trực nằm trên máy chủ, hiện chưa liên lạc được. Lệnh xóa từ xa chỉ ra được khi có kết nối.',
  'desks.stale': 'Không đọc lại được từ máy chủ; đây là danh sách lúc {at}.',
  'desks.asMet':
    'Phần còn thiếu, việc chưa gửi và đồng hồ tính theo lần gặp máy chủ gần nhất của từng máy; máy đang kết nối gặp lại khoảng mười phút một lần, và thường đã nhận, đã gửi thêm từ lúc đó.',
  'desks.metAt': 'gặp lúc {at}',
  'desks.desk': 'Bàn trực',
  'desks.unnamed': 'Chưa đặt tên',
  'desks.person': 'Người dùng gần nhất',
  'desks.seen': 'Kết nối',
  'desks.connected': 'đang kết nối',
  'desks.seenAt': 'thấy lần cuối {at}',
  'desks.behind': 'Còn thiếu',
  'desks.upToDate': 'đủ',
  'desks.behindCount': '{count} diễn biến',
  'desks.unsent': 'Chưa gửi',
  'desks.unsentSince': '{count} việc, từ {at}',
  'desks.refused': '{count} cần xem lại',
  'desks.clock': 'Đồng hồ',
  'desks.clockRight': 'đúng giờ',
  'desks.clockSlow': 'chậm {span}',
  'desks.clockFast': 'nhanh {span}',
  'desks.unknown': 'chưa rõ',
  'desks.holdsNothing': 'không giữ hồ sơ',
  'desks.version': 'phiên bản {version}',
  'desks.about': 'Bàn trực {name}',
  'desks.name': 'Tên gọi',
  'desks.nameHint': 'Ví dụ: Bàn 3, tầng 1',
  'desks.saveName': 'Lưu tên',
  'desks.nameSaved': 'Đã lưu tên.',
  'desks.id': 'Mã máy',
  'desks.codes': 'Mã biên nhận đã cấp',
  'desks.noCodes': 'Máy này chưa được cấp mã nào.',
  'desks.codes.year': 'Năm',
  'desks.codes.leased': 'Đã cấp',
  'desks.codes.inCases': 'Trong hồ sơ',
  'desks.codes.told': 'Đã báo, chưa có hồ sơ',
  'desks.codes.withDesk': 'Còn ở máy',
  'desks.codes.void': 'Đã hủy',
  'desks.wipe': 'Xóa dữ liệu từ xa…',
  'desks.wipeTitle': 'Xóa dữ liệu của bàn trực {name}',
  'desks.wipeMeans':
    'Dùng khi máy bị mất hoặc không còn thuộc tổng đài. Máy gửi nốt những gì còn gửi được, hủy khóa, rồi xóa hồ sơ, bản nháp và ghi âm; không lấy lại được. Máy đang tắt thì xóa ngay khi kết nối lại.',
  'desks.wipeUnsent': 'Theo lần gặp gần nhất, máy này còn {count} việc chưa gửi.',
  'desks.wipeReason': 'Lý do (người ở máy đó sẽ đọc được)',
  'desks.wipeConfirm': 'Gõ “{name}” để xác nhận',
  'desks.wipeNow': 'Ra lệnh xóa',
  'desks.wipeOrdered':
    'Lệnh xóa: {by} ra lệnh {at}, vì: {reason}. Máy chưa xác nhận; lệnh được thực hiện ngay khi máy kết nối.',
  'desks.wipeDone':
    'Đã xóa xong {at}, theo lệnh của {by}, vì: {reason}. Máy báo mất {commands} việc chưa gửi và {recordings} bản ghi âm chưa tải lên.',
  'desks.wiping': 'chờ máy xác nhận đã xóa',
  'desks.wiped': 'đã xóa {at}',
  'desks.readOnly': 'Đặt tên và xóa từ xa là việc của quản trị.',
} as const

export const enConsoleSync: Record<keyof typeof viConsoleSync, string> = {
  'sync.waiting': 'to be sent',
  'sync.attention': 'needs attention',
  'sync.dueReckoned': '{state}, deadline reckoned',
  'sync.why': 'See why',
  'sync.asOf': 'As in the register at {at} ({ago})',
  'sync.asOfNever': 'This computer has never received the register',

  'ago.now': 'just now',
  'ago.minutes': '{count} min ago',
  'ago.hours': '{count} h ago',
  'ago.days': '{count} days ago',
  'span.days': '{count} days',
  'span.hours': '{count} h',
  'span.minutes': '{count} min',

  'progress.snapshot': 'Receiving cases, part {done} of {total}',
  'progress.events': 'Receiving events {done}/{total}',
  'progress.indexing': '{left} cases still to be indexed for search',
  'progress.listPartial': '{progress}: the list is not complete.',
  'progress.searchPartial': '{progress}: not everything may be found.',

  'status.waitingSince': '{count} to send since {at}',
  'status.holdsNothing': 'This computer keeps no cases',
  'status.diskFull': 'The disk is full',

  'notice.diskFull':
    'The disk of this computer is full and nothing more can be kept. What was reported as saved is safe; what is on the screen is not kept yet, please do not close the window. Remove other files; the desk goes on by itself when there is room.',
  'notice.holdsNothing':
    'This computer may no longer keep cases, because nobody who may see them works here. The lists are empty; unsent work and drafts are kept. The cases come back when somebody who may see them signs in with a link.',
  'notice.codesLow':
    '{count} receipt codes are left and there is no link. Without codes, drafts can still be written and kept, but there is no code to tell and no slip can be sent until the link is back.',
  'notice.codesNone':
    'There are no receipt codes left. New cases are kept as drafts without a code to tell; note the number to call back. New codes come by themselves with the link.',
  'notice.key-lost':
    'This computer lost its encryption key and cannot read its old data. The old file was set aside ({file}) and the cases come again from the server. Unsent work and drafts are opened when the server gives the key back; keep the link and sign in as usual.',
  'notice.key-recovered':
    'The server gave the encryption key back. {commands} unsent acts, {drafts} drafts and {recordings} recordings not yet uploaded were recovered.',
  'notice.register-reset':
    'The register on the server was restored from a backup. This computer takes all cases again and sends {sentAgain} recent acts again so that nothing is lost; codes told to citizens stay. Look at “Waiting to be sent” in a few minutes.',
  'notice.holding-ended':
    'This computer may no longer keep cases, because nobody who may see them works here. The cases were removed; unsent work and drafts are kept.',
  'notice.wiped':
    'An administrator ordered the data of this desk to be destroyed, because: {reason}. Cases, drafts, recordings and unsent work on this computer are gone. Sign in with a link to begin anew.',
  'notice.codes-refused':
    '{count} blocks of receipt codes of this computer can no longer be used: they were leased to another desk after the register was restored. New codes come by themselves; if a code was told and its case needs attention, call back with the new code.',

  'outbox.open': 'Waiting to be sent',
  'outbox.attention': 'Needs attention ({count})',
  'outbox.attentionHint':
    'The server did not record these. What was written is kept: do it again rightly, or dismiss it when it is no longer needed.',
  'outbox.noAttention':
    'Nothing was refused. What the server does not record stands here, with the reason and every word that was written.',
  'outbox.waiting': 'Waiting ({count})',
  'outbox.allSent': 'The server has everything. What is done without a link stands here until it could be sent.',
  'outbox.whyOffline':
    'Not sent because there has been no link to the server since {at}. These are sent in order by themselves when it is back.',
  'outbox.whyConnecting': 'Connecting to the server again; these are sent right after.',
  'outbox.whySignedOut': 'Not sent because the session has ended. Sign out and in again; nothing is lost.',
  'outbox.whyUpdateDesk':
    'Not sent because this desk must be updated to talk with server {version}. These are kept and sent after the update.',
  'outbox.whyUpdateServer':
    'Not sent because server {version} is older than this desk. These are kept and sent when the server is updated.',
  'outbox.whyRole':
    'Not sent because the account signed in now does not send work on cases. These are sent when an agent signs in.',
  'outbox.whyDiskFull': 'Not sent because the disk is full. These are kept and sent when there is room.',
  'outbox.whySending': 'Being sent in order.',
  'outbox.sending': 'being sent',
  'outbox.first': 'first to be sent',
  'outbox.behind': 'behind {count} others',
  'outbox.sent': 'At the server, on the way back ({count})',
  'outbox.sentHint': 'The server has these; this computer waits for the events from the register.',
  'outbox.case': 'case without a code yet',
  'outbox.column.at': 'When',
  'outbox.column.case': 'Case',
  'outbox.column.act': 'Act',
  'outbox.column.who': 'By',
  'outbox.column.why': 'State',
  'outbox.column.difference': 'What the register says otherwise',
  'outbox.madeBy': '{name}, {at}',
  'outbox.again': 'Do again with these words',
  'outbox.dismiss': 'Seen, dismiss',
  'outbox.words': 'What was written',
  'outbox.next': 'Next',
  'outbox.previous': 'Previous',
  'outbox.differences': 'Different from what this computer reckoned',
  'outbox.noDifferences':
    'The server recorded what was reckoned here. Where a deadline or state differs from what was shown, the difference and its reason stand here.',
  'outbox.notPossible':
    '“{act}” can no longer be done with this case. What was written is still on the page “Waiting to be sent”.',
  'keys.outbox': 'Waiting to be sent',

  'admin.desks': 'Desks',
  'desks.none': 'No desk yet. This list fills as computers sign in for the first time.',
  'desks.noLink':
    'The list of desks is on the server, which cannot be reached now. A remote wipe can be ordered only with a link.',
  'desks.stale': 'Could not be read again; this is the list of {at}.',
  'desks.asMet':
    'What is missing, unsent work and the clock are counted from each desk’s last meeting; a connected desk meets again about every ten minutes, and has usually received and sent more since.',
  'desks.metAt': 'met at {at}',
  'desks.desk': 'Desk',
  'desks.unnamed': 'No name yet',
  'desks.person': 'Last used by',
  'desks.seen': 'Link',
  'desks.connected': 'connected',
  'desks.seenAt': 'last seen {at}',
  'desks.behind': 'Behind',
  'desks.upToDate': 'complete',
  'desks.behindCount': '{count} events',
  'desks.unsent': 'Unsent',
  'desks.unsentSince': '{count} acts, since {at}',
  'desks.refused': '{count} need attention',
  'desks.clock': 'Clock',
  'desks.clockRight': 'right',
  'desks.clockSlow': '{span} slow',
  'desks.clockFast': '{span} fast',
  'desks.unknown': 'not known',
  'desks.holdsNothing': 'keeps no cases',
  'desks.version': 'version {version}',
  'desks.about': 'Desk {name}',
  'desks.name': 'Name',
  'desks.nameHint': 'For example: Desk 3, first floor',
  'desks.saveName': 'Save the name',
  'desks.nameSaved': 'The name is saved.',
  'desks.id': 'Id',
  'desks.codes': 'Receipt codes leased',
  'desks.noCodes': 'No codes were leased to this desk yet.',
  'desks.codes.year': 'Year',
  'desks.codes.leased': 'Leased',
  'desks.codes.inCases': 'In cases',
  'desks.codes.told': 'Told, no case yet',
  'desks.codes.withDesk': 'With the desk',
  'desks.codes.void': 'Void',
  'desks.wipe': 'Wipe remotely…',
  'desks.wipeTitle': 'Wipe the desk {name}',
  'desks.wipeMeans':
    'For a computer that was lost or no longer belongs to the hotline. It sends what it still can, destroys its keys, then cases, drafts and recordings; nothing can be brought back. A computer that is off is wiped as soon as it connects.',
  'desks.wipeUnsent': 'When last met, this desk had {count} unsent acts.',
  'desks.wipeReason': 'Reason (whoever sits there will read it)',
  'desks.wipeConfirm': 'Type “{name}” to confirm',
  'desks.wipeNow': 'Order the wipe',
  'desks.wipeOrdered':
    'Wipe ordered by {by} {at}, because: {reason}. Not confirmed yet; it is done as soon as the desk connects.',
  'desks.wipeDone':
    'Wiped {at}, ordered by {by}, because: {reason}. The desk told that {commands} unsent acts and {recordings} recordings not uploaded were lost.',
  'desks.wiping': 'waiting for the desk to confirm the wipe',
  'desks.wiped': 'wiped {at}',
  'desks.readOnly': 'Naming and wiping are done by administrators.',
}
