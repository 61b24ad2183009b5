import type { RefusalCode } from '../../cases/refusals.ts'

/** For each refusal: what was wrong, the rule, and what to do now. "Quy chế" is Decision 1455/QĐ-UBND-HC. */
export const viCaseRefusals = {
  'refusal.not-permitted': 'Tài khoản này không được thực hiện việc này. Vui lòng chuyển cho người có thẩm quyền.',
  'refusal.unreadable':
    'Máy chủ không đọc được việc này. Nội dung đã nhập còn nguyên ở đây; vui lòng báo quản trị và làm lại việc này.',
  'refusal.case-not-found': 'Không tìm thấy phản ánh này. Vui lòng tra lại mã biên nhận.',
  'refusal.case-exists': 'Phản ánh này đã được lập. Vui lòng mở phản ánh đã có.',
  'refusal.wrong-stage': 'Không thực hiện được việc này ở trạng thái hiện tại. Vui lòng xem lại diễn biến.',
  'refusal.code-invalid': 'Mã biên nhận {code} không đúng. Vui lòng kiểm tra lại từng ký tự.',
  'refusal.code-not-leased':
    'Mã biên nhận {code} không thuộc dải mã của máy này hoặc đã dùng. Vui lòng lấy mã tiếp theo.',
  'refusal.content-missing': 'Chưa có nội dung phản ánh (Quy chế, Điều 6 khoản 2). Vui lòng ghi rõ nội dung.',
  'refusal.citizen-incomplete':
    'Cần đủ họ tên, số điện thoại và địa chỉ của người phản ánh (Quy chế, Điều 6 khoản 3). Vui lòng hỏi thêm.',
  'refusal.anonymous-not-allowed':
    'Chỉ tiếp nhận phản ánh không rõ danh tính khi có nguy hiểm đến tính mạng hoặc sự cố hạ tầng. Vui lòng hỏi danh tính (Quy chế, Điều 6 khoản 3) hoặc chọn loại nguy hiểm.',
  'refusal.field-missing': 'Chưa chọn lĩnh vực (Quy chế, Điều 4). Vui lòng chọn lĩnh vực.',
  'refusal.refusal-needs-reason':
    'Từ chối tiếp nhận phải nêu lý do (Quy chế, Điều 8 khoản 2). Vui lòng chọn và ghi lý do.',
  'refusal.refusal-needs-address':
    'Từ chối tiếp nhận phải hướng dẫn địa chỉ liên hệ (Quy chế, Điều 8 khoản 2). Vui lòng ghi nơi cần liên hệ.',
  'refusal.answer-missing': 'Chưa có nội dung trả lời. Vui lòng ghi nội dung trả lời.',
  'refusal.answer-needs-source':
    'Trả lời phải dựa trên dữ liệu, tài liệu chính thức (Quy chế, Điều 9 khoản 1). Vui lòng chọn bài trong kho dữ liệu hoặc ghi văn bản căn cứ.',
  'refusal.agency-unknown': 'Không có đơn vị này trong danh bạ. Vui lòng chọn lại đơn vị.',
  'refusal.agency-has-no-officer':
    'Đơn vị chưa có cán bộ đầu mối (Quy chế, Điều 9 khoản 2). Vui lòng gọi {phone} và báo trưởng ca.',
  'refusal.slip-needs-call-attempt':
    'Phải gọi đơn vị trước khi gửi phiếu chuyển (Quy chế, Điều 9 khoản 3). Vui lòng gọi {phone} và ghi kết quả cuộc gọi, hoặc ghi lý do không gọi.',
  'refusal.postponement-used': 'Đã hẹn lại một lần; Quy chế chỉ cho hẹn lại không quá 01 lần (Điều 10 khoản 3).',
  'refusal.postponement-needs-reason': 'Hẹn lại phải có lý do. Vui lòng ghi lý do để báo người dân.',
  'refusal.postponement-after-due':
    'Đã hết thời hạn nên không hẹn lại được; phải hẹn trước khi hết hạn (Quy chế, Điều 10). Vui lòng xử lý và ghi kết quả ngay.',
  'refusal.postponement-too-long':
    'Thời điểm hẹn quá xa: không quá {maxWorkingHours} giờ làm việc sau thời hạn. Vui lòng chọn thời điểm sớm hơn.',
  'refusal.postponement-in-past': 'Thời điểm hẹn lại phải sau thời hạn hiện tại. Vui lòng chọn thời điểm khác.',
  'refusal.promise-in-past': 'Thời gian hoàn tất phải ở phía trước. Vui lòng chọn thời điểm khác.',
  'refusal.supplement-used':
    'Đã yêu cầu bổ sung một lần; Quy chế chỉ cho hướng dẫn bổ sung 01 lần (Điều 14 khoản 4). Vui lòng xử lý theo nội dung hiện có.',
  'refusal.supplement-needs-items': 'Chưa ghi nội dung cần bổ sung (Quy chế, Điều 14 khoản 4). Vui lòng liệt kê rõ.',
  'refusal.supplement-not-asked': 'Không có yêu cầu bổ sung nào đang chờ. Vui lòng dùng mục đính chính.',
  'refusal.pause-awaiting-opinion':
    'Không được ngừng khi đang xin ý kiến, chờ trả lời của cơ quan khác (Công văn 448/UBND-HCC ngày 23/4/2019, mục 1 và 2). Thời hạn vẫn tính; vui lòng nhắc cơ quan cho ý kiến.',
  'refusal.pause-reason-unknown': 'Lý do tạm ngừng không có trong danh mục. Vui lòng chọn lại lý do.',
  'refusal.pause-needs-explanation': 'Đề nghị tạm ngừng phải có giải thích cụ thể. Vui lòng ghi rõ.',
  'refusal.pause-already': 'Thời hạn đang ngừng hoặc đã có đề nghị chờ xác nhận. Không cần đề nghị thêm.',
  'refusal.pause-not-asked': 'Không có đề nghị tạm ngừng nào đang chờ xác nhận.',
  'refusal.pause-same-person':
    'Người đề nghị, hoặc người cùng vai trò, không được tự xác nhận tạm ngừng (Công văn 448/UBND-HCC, mục 2). Vui lòng chuyển người có thẩm quyền xác nhận.',
  'refusal.pause-not-running': 'Phản ánh này không tạm ngừng.',
  'refusal.consult-needs-question':
    'Xin ý kiến phải nêu rõ nội dung (Công văn 448/UBND-HCC, mục 1). Vui lòng ghi nội dung cần hỏi.',
  'refusal.consult-needs-reply-by':
    'Xin ý kiến phải nêu rõ thời gian trả lời, ở phía trước (Công văn 448/UBND-HCC, mục 1). Vui lòng chọn thời điểm.',
  'refusal.consult-unknown': 'Không tìm thấy yêu cầu xin ý kiến này.',
  'refusal.consult-already-replied': 'Yêu cầu xin ý kiến này đã được trả lời.',
  'refusal.return-needs-reason': 'Trả lại phiếu chuyển phải có lý do. Vui lòng ghi vì sao không đúng thẩm quyền.',
  'refusal.return-pending': 'Đã đề nghị trả lại, đang chờ tổng đài xem xét. Thời hạn vẫn tính.',
  'refusal.return-not-asked': 'Không có đề nghị trả lại nào đang chờ xem xét.',
  'refusal.withdrawal-needs-request':
    'Rút phản ánh phải có đơn của người dân (Công văn 448/UBND-HCC, mục 1). Vui lòng đính kèm bản chụp đơn.',
  'refusal.withdrawal-needs-signature':
    'Rút phản ánh phải có chữ ký xác nhận của Thủ trưởng đơn vị trên đơn của người dân (Công văn 448/UBND-HCC, mục 1). Vui lòng ghi người ký và ngày ký.',
  'refusal.close-needs-proof':
    'Kết thúc phải có căn cứ: nội dung trả lời hoặc văn bản (Công văn 448/UBND-HCC, mục 1). Vui lòng ghi căn cứ.',
  'refusal.close-needs-contact':
    'Chưa ghi nhận đã trả lời người dân và thời điểm liên hệ (Công văn 448/UBND-HCC, mục 1). Vui lòng trả lời người dân trước khi kết thúc.',
  'refusal.close-unfinished':
    'Không kết thúc trên hệ thống khi thực tế chưa hoàn thành (Công văn 448/UBND-HCC, mục 1). Vui lòng chờ có kết quả xử lý.',
  'refusal.reopen-too-late': 'Chỉ mở lại trong {days} ngày từ khi kết thúc. Vui lòng lập phản ánh mới.',
  'refusal.told-in-future': 'Thời điểm ghi nhận chưa đến. Vui lòng kiểm tra lại ngày giờ.',
  'refusal.told-before-answer': 'Chưa có kết quả để trả lời người dân. Vui lòng ghi kết quả xử lý trước.',
  'refusal.publish-has-personal-data':
    'Nội dung công khai còn thông tin cá nhân: "{found}". Vui lòng che thông tin này rồi công khai.',
  'refusal.publish-nothing': 'Chưa có nội dung để công khai. Vui lòng ghi câu hỏi và câu trả lời.',
  'refusal.not-published': 'Kết quả này chưa được công khai.',
  'refusal.already-published': 'Kết quả này đã được công khai. Muốn sửa, vui lòng gỡ rồi công khai lại.',
  'refusal.rated-already': 'Người dân đã đánh giá phản ánh này. Xin cảm ơn.',
  'refusal.not-yet-due': 'Chưa hết thời hạn.',
  'refusal.transfer-needs-act':
    'Chuyển cho đơn vị kế thừa phải ghi lý do và số văn bản giải thể, sáp nhập hoặc giao nhiệm vụ.',
  'refusal.transfer-same-agency': 'Đơn vị này đang giữ phiếu. Vui lòng chọn đơn vị kế thừa.',
  'refusal.late-cause-missing':
    'Phiếu đã trễ hạn: đơn vị phải nêu nguyên nhân chậm trễ (Công văn 448/UBND-HCC ngày 23/4/2019, mục 1 và mục 3).',
  'refusal.late-cause-unknown': 'Nguyên nhân này không có trong danh mục. Vui lòng chọn lại.',
  'refusal.not-late': 'Phản ánh này không trễ hạn ở cấp nào.',
  'refusal.lift-needs-act': 'Chỉ gỡ trễ hạn khi có văn bản: ghi đủ số, người ký, ngày ký (không sau hôm nay) và lý do.',
  'refusal.lifted-already': 'Trễ hạn đã được gỡ theo văn bản {number}.',
  'refusal.recording-not-granted':
    'Ghi âm chỉ được nghe khi Văn phòng UBND tỉnh đã đồng ý và còn trong thời hạn cho phép.',
  'refusal.recording-not-asked': 'Đơn vị này chưa đề nghị nghe ghi âm, hoặc đề nghị đã được trả lời.',
  'refusal.recording-of-accused':
    'Phản ánh nói về cán bộ của chính đơn vị đề nghị: không cho nghe giọng người phản ánh. Văn phòng trả lời bằng văn bản.',
  'refusal.request-needs-reason': 'Vui lòng ghi lý do (Điều 11 khoản 1 Quy chế).',
  'refusal.grant-in-past': 'Thời hạn cho nghe phải ở sau thời điểm này.',
  'refusal.urging-needs-letter':
    'Văn bản nhắc, đôn đốc phải có số, người ký, ngày ký và nội dung (Điều 9 khoản 5 Quy chế).',
  'refusal.urging-needs-reply-by': 'Yêu cầu giải trình phải có thời hạn trả lời, ở sau thời điểm này.',
  'refusal.urging-unknown': 'Không có văn bản yêu cầu giải trình này trong hồ sơ.',
  'refusal.urging-already-replied': 'Đơn vị đã giải trình lúc {at}.',
  'refusal.recording-unknown': 'Ghi âm này không thuộc phản ánh đang mở. Vui lòng mở đúng hồ sơ rồi nghe lại.',
  'refusal.recording-known': 'Ghi âm này đã được gắn vào một phản ánh.',
} as const satisfies Record<`refusal.${RefusalCode}`, string>

export const enCaseRefusals: Record<keyof typeof viCaseRefusals, string> = {
  'refusal.not-permitted': 'This account may not do this. Hand it to somebody who may.',
  'refusal.unreadable':
    'The server could not read this act. What you typed is kept here; tell the administrator and do it again.',
  'refusal.case-not-found': 'There is no such case. Check the receipt code.',
  'refusal.case-exists': 'This case is already open. Go to it.',
  'refusal.wrong-stage': 'This cannot be done in the present stage. Look at the journal.',
  'refusal.code-invalid': 'The receipt code {code} is wrong. Check it character by character.',
  'refusal.code-not-leased': 'The receipt code {code} is not of this desk, or is used. Take the next one.',
  'refusal.content-missing': 'The content is missing (Regulation, Art. 6 cl. 2). Write it down.',
  'refusal.citizen-incomplete':
    "The citizen's name, telephone number and address are needed (Regulation, Art. 6 cl. 3). Ask for them.",
  'refusal.anonymous-not-allowed':
    'An anonymous report is taken only where life or infrastructure is in danger. Ask who it is (Regulation, Art. 6 cl. 3), or choose the hazard.',
  'refusal.field-missing': 'The field is missing (Regulation, Art. 4). Choose one.',
  'refusal.refusal-needs-reason': 'Declining needs a reason (Regulation, Art. 8 cl. 2). Choose one and write it down.',
  'refusal.refusal-needs-address':
    'Declining needs an address to go to (Regulation, Art. 8 cl. 2). Write down where to turn.',
  'refusal.answer-missing': 'The answer is missing. Write it down.',
  'refusal.answer-needs-source':
    'An answer must rest on official data (Regulation, Art. 9 cl. 1). Choose an article or name the document.',
  'refusal.agency-unknown': 'This agency is not in the directory. Choose another.',
  'refusal.agency-has-no-officer':
    'The agency has no focal officer (Regulation, Art. 9 cl. 2). Call {phone} and tell the supervisor.',
  'refusal.slip-needs-call-attempt':
    'The agency must be called before a slip (Regulation, Art. 9 cl. 3). Call {phone} and record the result, or write why not.',
  'refusal.postponement-used':
    'It has been postponed once; the Regulation allows no more than one (Art. 10 cl. 3). Record the result.',
  'refusal.postponement-needs-reason': 'A postponement needs a reason that the citizen can be told.',
  'refusal.postponement-after-due':
    'The time has run out; a postponement must be asked for before (Regulation, Art. 10). Record the result now.',
  'refusal.postponement-too-long':
    'Too far: at most {maxWorkingHours} working hours after the due time. Choose an earlier time.',
  'refusal.postponement-in-past': 'The new time must be after the present due time. Choose another.',
  'refusal.promise-in-past': 'The time of completion must lie ahead. Choose another.',
  'refusal.supplement-used':
    'A supplement was asked for once; the Regulation allows one (Art. 14 cl. 4). Work with what is there.',
  'refusal.supplement-needs-items': 'What is missing? (Regulation, Art. 14 cl. 4). List it.',
  'refusal.supplement-not-asked': 'No supplement is awaited. Use a correction.',
  'refusal.pause-awaiting-opinion':
    'No pause while opinions of other agencies are awaited (letter 448/UBND-HCC of 23/4/2019, 1 and 2). The clock runs on; remind them.',
  'refusal.pause-reason-unknown': 'This reason for a pause is not listed. Choose another.',
  'refusal.pause-needs-explanation': 'A pause needs an explanation. Write it down.',
  'refusal.pause-already': 'The clock is stopped, or a pause is waiting to be confirmed.',
  'refusal.pause-not-asked': 'No pause is waiting to be confirmed.',
  'refusal.pause-same-person':
    'Whoever asked, or has the same role, may not confirm (letter 448/UBND-HCC, 2). Hand it to somebody who may.',
  'refusal.pause-not-running': 'This case is not paused.',
  'refusal.consult-needs-question': 'An opinion needs a question (letter 448/UBND-HCC, 1). Write it down.',
  'refusal.consult-needs-reply-by':
    'An opinion needs a time to reply by, ahead of now (letter 448/UBND-HCC, 1). Choose it.',
  'refusal.consult-unknown': 'There is no such request for an opinion.',
  'refusal.consult-already-replied': 'This opinion has already been given.',
  'refusal.return-needs-reason': 'A return needs a reason. Write why it is not yours.',
  'refusal.return-pending': 'The return is being looked at. The clock runs on.',
  'refusal.return-not-asked': 'No return is waiting to be judged.',
  'refusal.withdrawal-needs-request':
    "A withdrawal needs the citizen's own request (letter 448/UBND-HCC, 1). Attach the scan.",
  'refusal.withdrawal-needs-signature':
    "A withdrawal needs the head's signature on the request (letter 448/UBND-HCC, 1). Record who signed and when.",
  'refusal.close-needs-proof': 'Closing needs proof: the reply or a document (letter 448/UBND-HCC, 1). Write it down.',
  'refusal.close-needs-contact':
    'The citizen has not been told, or it is not said when (letter 448/UBND-HCC, 1). Tell them before closing.',
  'refusal.close-unfinished':
    'Nothing is closed here while it is unfinished out there (letter 448/UBND-HCC, 1). Wait for the result.',
  'refusal.reopen-too-late': 'It can be reopened within {days} days of closing. Open a new case.',
  'refusal.told-in-future': 'That time has not come yet. Check date and time.',
  'refusal.told-before-answer': 'There is no result to tell yet. Record the result first.',
  'refusal.publish-has-personal-data': 'Personal data is left in the text: "{found}". Mask it, then publish.',
  'refusal.publish-nothing': 'There is nothing to publish. Write the question and the answer.',
  'refusal.not-published': 'This result is not published.',
  'refusal.already-published': 'This result is published. To change it, take it down first.',
  'refusal.rated-already': 'The citizen has already rated this case. Thank you.',
  'refusal.not-yet-due': 'It is not due yet.',
  'refusal.transfer-needs-act':
    'A transfer to the successor names its reason and the act that dissolved or merged the agency.',
  'refusal.transfer-same-agency': 'This agency holds the slip already. Choose its successor.',
  'refusal.late-cause-missing':
    'The slip is late: the agency must say why (Letter 448/UBND-HCC of 23/4/2019, points 1 and 3).',
  'refusal.late-cause-unknown': 'This cause is not in the list. Choose again.',
  'refusal.not-late': 'This case is late at no level.',
  'refusal.lift-needs-act':
    'Lateness is lifted only by an act: its number, signer, date (not after today) and the reason.',
  'refusal.lifted-already': 'The lateness was lifted by {number}.',
  'refusal.recording-not-granted': 'A recording is heard only while the Provincial Office allows it.',
  'refusal.recording-not-asked': 'This agency has not asked to hear it, or has been answered.',
  'refusal.recording-of-accused':
    'The report is about the asking agency’s own officials: the caller’s voice is not given. The Office answers in writing.',
  'refusal.request-needs-reason': 'Give the reason (Article 11, clause 1).',
  'refusal.grant-in-past': 'The time until which it may be heard must lie ahead.',
  'refusal.urging-needs-letter': 'An urging letter has a number, a signer, a date and a content (Article 9, clause 5).',
  'refusal.urging-needs-reply-by': 'A demand to explain names the time of reply, and it lies ahead.',
  'refusal.urging-unknown': 'The case has no such demand to explain.',
  'refusal.urging-already-replied': 'The agency explained at {at}.',
  'refusal.recording-unknown': 'This recording is not of the open case. Open the right case and listen there.',
  'refusal.recording-known': 'This recording already belongs to a case.',
}
