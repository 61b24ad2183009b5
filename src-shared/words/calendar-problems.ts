/** What is wrong with a calendar, by the code of the problem: the same sentence in the console and on the command line. */
export const viCalendarProblems = {
  'calendar-problem.wrong-shape': '{expected}.',
  'calendar-problem.unknown-weekday':
    '"{key}" không phải tên một ngày trong tuần; dùng mon, tue, wed, thu, fri, sat, sun.',
  'calendar-problem.unknown-field': 'Lịch làm việc không có mục nào tên là "{key}".',
  'calendar-problem.unknown-time-zone': 'Không có múi giờ "{value}"; ví dụ đúng: "Asia/Ho_Chi_Minh".',
  'calendar-problem.no-weeks': 'Lịch không kế thừa lịch khác thì phải có ít nhất một tuần làm việc.',
  'calendar-problem.bad-date': '"{value}": {why}; ngày viết như 2026-01-10.',
  'calendar-problem.year-out-of-range': '"{value}" nằm ngoài các năm từ {firstYear} đến {lastYear}.',
  'calendar-problem.bad-instant': '"{value}": {why}; thời điểm viết như 2026-01-10T00:00:00+07:00.',
  'calendar-problem.bad-interval': '"{value}" không phải khoảng giờ; khoảng giờ viết như "07:00-11:30".',
  'calendar-problem.bad-time': '"{value}" có giờ không tồn tại trong ngày; chỉ giờ kết thúc mới được là 24:00.',
  'calendar-problem.reversed-interval': 'Khoảng giờ "{value}" kết thúc trước hoặc đúng lúc bắt đầu.',
  'calendar-problem.overlapping-intervals': 'Khoảng giờ "{value}" chồng lên khoảng "{other}".',
  'calendar-problem.week-twice': 'Có hai tuần làm việc cùng áp dụng từ {value} và cùng được biết lúc {knownAt}.',
  'calendar-problem.day-twice': 'Ngày {value} được ghi hai lần với cùng thời điểm được biết {knownAt}.',
  'calendar-problem.inherits-itself': 'Lịch "{value}" kế thừa vòng tròn về chính nó.',
  'calendar-problem.unknown-parent': 'Kế thừa lịch "{value}" nhưng không có lịch nào mang mã đó.',
  'calendar-problem.time-zone-differs': 'Lịch được kế thừa "{value}" dùng múi giờ khác.',
  'calendar-problem.calendar-twice': 'Có hai lịch cùng mang mã "{value}".',

  'calendar-problem.expected.missing': 'Thiếu mục này',
  'calendar-problem.expected.text': 'Mục này phải là một chuỗi chữ',
  'calendar-problem.expected.filled-text': 'Mục này không được để trống',
  'calendar-problem.expected.list': 'Mục này phải là một danh sách',
  'calendar-problem.expected.object': 'Mục này phải là một đối tượng JSON',
  'calendar-problem.expected.id':
    'Mã lịch dài không quá 60 ký tự, chỉ gồm chữ cái không dấu, chữ số, và dấu chấm, gạch dưới hay gạch nối ở giữa',
  'calendar-problem.expected.kind': 'Mục này chỉ nhận "holiday", "swap" hoặc "closed"',

  'calendar-problem.why.malformed': 'viết không đúng cách',
  'calendar-problem.why.no-such-date': 'ngày này không có thật',
  'calendar-problem.why.no-offset': 'thiếu độ lệch múi giờ (+07:00 hoặc Z)',
} as const

export const enCalendarProblems: Record<keyof typeof viCalendarProblems, string> = {
  'calendar-problem.wrong-shape': '{expected}.',
  'calendar-problem.unknown-weekday': '"{key}" is not a day of the week; use mon, tue, wed, thu, fri, sat, sun.',
  'calendar-problem.unknown-field': 'A calendar has no field called "{key}".',
  'calendar-problem.unknown-time-zone': 'There is no time zone "{value}"; a right one is "Asia/Ho_Chi_Minh".',
  'calendar-problem.no-weeks': 'A calendar that inherits nothing needs at least one week.',
  'calendar-problem.bad-date': '"{value}": {why}; a date is written like 2026-01-10.',
  'calendar-problem.year-out-of-range': '"{value}" is outside the years {firstYear} to {lastYear}.',
  'calendar-problem.bad-instant': '"{value}": {why}; an instant is written like 2026-01-10T00:00:00+07:00.',
  'calendar-problem.bad-interval': '"{value}" is not an interval; one is written like "07:00-11:30".',
  'calendar-problem.bad-time': '"{value}" names a time of day that does not exist; only an end may be 24:00.',
  'calendar-problem.reversed-interval': 'The interval "{value}" ends before it begins, or is empty.',
  'calendar-problem.overlapping-intervals': 'The interval "{value}" overlaps "{other}".',
  'calendar-problem.week-twice': 'Two weeks hold from {value} and were known at one instant, {knownAt}.',
  'calendar-problem.day-twice': 'The day {value} stands twice, known at one instant, {knownAt}.',
  'calendar-problem.inherits-itself': 'The calendar "{value}" inherits itself in a circle.',
  'calendar-problem.unknown-parent': 'It inherits the calendar "{value}", and there is none of that id.',
  'calendar-problem.time-zone-differs': 'The inherited calendar "{value}" keeps another time zone.',
  'calendar-problem.calendar-twice': 'There are two calendars of the id "{value}".',

  'calendar-problem.expected.missing': 'This field is missing',
  'calendar-problem.expected.text': 'This must be a text',
  'calendar-problem.expected.filled-text': 'This must not be empty',
  'calendar-problem.expected.list': 'This must be a list',
  'calendar-problem.expected.object': 'This must be a JSON object',
  'calendar-problem.expected.id':
    'The id of a calendar has at most 60 characters: letters, digits, and dots, underscores or hyphens between them',
  'calendar-problem.expected.kind': 'This must be "holiday", "swap" or "closed"',

  'calendar-problem.why.malformed': 'it is not written as it should be',
  'calendar-problem.why.no-such-date': 'this date does not exist',
  'calendar-problem.why.no-offset': 'it lacks its offset (+07:00 or Z)',
}
