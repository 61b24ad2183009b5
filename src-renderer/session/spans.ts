import type { Say } from './words.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `1.234`. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')

/** `2 giờ trước`: one unit, rounded down, as somebody would say it. */
export function agoWords(ms: number, say: Say): string {
  if (ms < minuteMs) return say('ago.now')
  if (ms < hourMs) return say('ago.minutes', { count: Math.floor(ms / minuteMs) })
  if (ms < dayMs) return say('ago.hours', { count: Math.floor(ms / hourMs) })
  return say('ago.days', { count: grouped(Math.floor(ms / dayMs)) })
}

/** `3 ngày 2 giờ`: the two greatest units. */
export function spanWords(ms: number, say: Say): string {
  const minutes = Math.round(ms / minuteMs)
  if (minutes === 0) return say('span.minutes', { count: 0 })
  const parts = [
    ['span.days', Math.floor(minutes / 1_440)],
    ['span.hours', Math.floor((minutes % 1_440) / 60)],
    ['span.minutes', minutes % 60],
  ] as const
  const from = parts.findIndex(([, count]) => count > 0)
  const told = parts.slice(from, from + 2).filter(([, count]) => count > 0)
  return told.map(([key, count]) => say(key, { count })).join(' ')
}
