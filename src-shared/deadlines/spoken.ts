import { type Weekday, weekdayOfDayNumber } from './dates.ts'
import { type Instant, localTimeOf, PROVINCE_TIME_ZONE } from './instants.ts'

/** The week as officials write it: days are numbered from Monday, which is the second. */
export const WEEKDAY_WORDS: Record<Weekday, string> = {
  mon: 'Thứ Hai',
  tue: 'Thứ Ba',
  wed: 'Thứ Tư',
  thu: 'Thứ Năm',
  fri: 'Thứ Sáu',
  sat: 'Thứ Bảy',
  sun: 'Chủ nhật',
}

const MINUTE = 60
const HOUR = 3600

/** `5 giờ 20 phút`, exact to the second: what a proof adds up. */
export function exactAmount(seconds: number): string {
  const parts = [
    [Math.floor(seconds / HOUR), 'giờ'],
    [Math.floor((seconds % HOUR) / MINUTE), 'phút'],
    [seconds % MINUTE, 'giây'],
  ] as const
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${grouped(count)} ${unit}`)
  return words.join(' ') || '0 phút'
}

/** `5 giờ 20 phút`, rounded down to minutes: what a person is told must not be more than there is. */
export function roundAmount(seconds: number): string {
  if (seconds > 0 && seconds < MINUTE) return 'dưới 1 phút'
  return exactAmount(Math.floor(seconds / MINUTE) * MINUTE)
}

/** `còn 5 giờ 20 phút làm việc`. */
export function leftWords(leftSeconds: number): string {
  return leftSeconds <= 0 ? 'hết thời hạn' : `còn ${roundAmount(leftSeconds)} làm việc`
}

/** `trễ 3 giờ`; the evening after a due instant has no working time in it yet, so it is late by no amount. */
export function lateWords(lateSeconds: number): string {
  return lateSeconds <= 0 ? 'vừa quá hạn' : `trễ ${roundAmount(lateSeconds)}`
}

/** One line for the deadline of a case, whatever its state. */
export function deadlineWords(reading: {
  state: 'idle' | 'running' | 'stopped' | 'ended'
  leftSeconds: number | null
  lateSeconds: number
  isLate: boolean
}): string {
  if (reading.isLate) return lateWords(reading.lateSeconds)
  if (reading.state === 'ended') return 'đúng hạn'
  if (reading.leftSeconds === null || reading.state === 'idle') return 'không tính hạn'
  return reading.state === 'stopped' ? `tạm ngừng, ${leftWords(reading.leftSeconds)}` : leftWords(reading.leftSeconds)
}

/** `Thứ Năm 03/9/2026 16:00`. */
export function instantWords(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  return `${dateWords(instant, timeZone)} ${timeOfDay(instant, timeZone)}`
}

/** `16:00 Thứ Năm 03/9`: the due instant as it is said to a citizen. */
export function dueWords(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  const local = localTimeOf(instant, timeZone)
  return `${timeOfDay(instant, timeZone)} ${dayWords(local.dayNumber, local)}`
}

/** `Thứ Năm 03/9/2026`. */
export function dateWords(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  const local = localTimeOf(instant, timeZone)
  return `${dayWords(local.dayNumber, local)}/${local.year}`
}

/** `Thứ Năm 03/9`. */
export function dayWords(dayNumber: number, date: { month: number; day: number }): string {
  return `${WEEKDAY_WORDS[weekdayOfDayNumber(dayNumber)]} ${dayAndMonth(date)}`
}

/** `03/9`, `16/02`: official papers write a zero before days under ten and before January and February, so that no digit can be added. */
export function dayAndMonth({ month, day }: { month: number; day: number }): string {
  return `${twoDigits(day)}/${month <= 2 ? twoDigits(month) : month}`
}

/** `16:00`. */
export function timeOfDay(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  const { hour, minute } = localTimeOf(instant, timeZone)
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

/** `16:00`, or `16:00:12` where there are seconds: for a proof, whose amounts must add up. */
export function exactTimeOfDay(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  const { second } = localTimeOf(instant, timeZone)
  return second === 0 ? timeOfDay(instant, timeZone) : `${timeOfDay(instant, timeZone)}:${twoDigits(second)}`
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** `1.234`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.')
}
