/**
 * D9, #70: what the numbers of a deadline report mean, printed beside them. It is part of the report's bytes and therefore of
 * its format: another wording is another format, or yesterday's report would not be reprinted as it was. For the same reason
 * it does not stand in the catalogue of words, which may change with any version of the program.
 */
export const reportDefinition = [
  'Đến hạn trong kỳ: mỗi cấp xử lý của một phiếu (cán bộ đầu mối, thủ trưởng) có thời điểm hết hạn từ đầu kỳ đến trước cuối kỳ được tính một lần, cho đơn vị giữ phiếu lúc hết hạn, không kể phiếu nhận hay xong lúc nào.',
  'Phiếu được trả lại hoặc rút trước hạn không tính.',
  'Đúng hạn: xong không muộn hơn thời điểm hết hạn.',
  'Trễ: đến thời điểm hết hạn chưa xong, dù sau đó đã trả lời, đã chuyển cấp trên hay còn đang xử lý.',
  'Đã gỡ trễ: trễ, nhưng có văn bản gỡ sau thời điểm hết hạn; vẫn liệt kê.',
  'Chưa đến hạn: hết hạn trong kỳ nhưng sau thời điểm chốt số liệu.',
  'Tỷ lệ đúng hạn = đúng hạn ÷ (đúng hạn + trễ); phiếu đã gỡ trễ và phiếu chưa đến hạn không nằm trong tử số lẫn mẫu số.',
  'Thời gian trễ tính bằng giờ làm việc kể từ thời điểm hết hạn đến lúc xong hoặc đến thời điểm chốt số liệu, chia theo đơn vị và cấp thực sự giữ phiếu trong từng khoảng.',
].join(' ')
