import '../ui/jitless.ts'
import { uuidv7 } from 'uuidv7'
import { createPhoneEngine } from '../phone/engine.ts'
import type { Line } from '../phone/phone.ts'
import { callQueue } from './call.ts'
import { lineProblemOf, problemOf, silentProblem, statusOf, words } from './words.ts'

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no #${id}.`)
  return found as T
}

const start = element<HTMLFormElement>('start')
const number = element<HTMLInputElement>('number')
const status = element('status')
const timer = element('timer')
const problem = element('problem')
const inCall = element('in-call')
const mute = element<HTMLButtonElement>('mute')
const callButton = start.querySelector('button') as HTMLButtonElement

const clock = { now: () => Date.now() }
const phone = createPhoneEngine({ sink: null, clock, newId: uuidv7, chance: Math.random })
let isOpening = false

const currentLine = (): Line | undefined => phone.snapshot().lines.at(-1)

const show = () => {
  const line = currentLine()
  const isLive = line !== undefined && line.state !== 'ended'
  start.hidden = isLive
  inCall.hidden = !isLive
  callButton.disabled = isOpening
  if (line && !isOpening) write(status, statusOf(line))
  if (isOpening && !isLive) write(status, words.opening)
  mute.setAttribute('aria-pressed', String(line?.isMuted ?? false))
  write(mute, line?.isMuted ? words.unmute : words.mute)
  mute.disabled = line?.answeredAt === null
  if (line?.media === 'none') complain(silentProblem)
  else if (problem.textContent === silentProblem) complain(null)
  showTime()
}

const showTime = () => {
  const line = currentLine()
  timer.hidden = !line?.answeredAt
  if (!line?.answeredAt) return
  const until = line.endedAt ? Date.parse(line.endedAt) : clock.now()
  const seconds = Math.max(0, Math.floor((until - Date.parse(line.answeredAt)) / 1000))
  write(timer, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)
}

// Writing the same words again would make a screen reader say them again.
const write = (where: HTMLElement, text: string) => {
  if (where.textContent !== text) where.textContent = text
}

const complain = (text: string | null) => {
  problem.hidden = text === null
  write(problem, text ?? '')
}

start.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (isOpening) return
  isOpening = true
  complain(null)
  const last = currentLine()
  if (last) await phone.run({ name: 'forget', lineId: last.id })
  show()
  const outcome = await callQueue(phone, number.value.trim())
  isOpening = false
  if (!outcome.ok) {
    write(status, '')
    complain(
      outcome.code === 'no-line'
        ? lineProblemOf(outcome.why)
        : outcome.code === 'no-access'
          ? lineProblemOf('unreachable')
          : problemOf(outcome.code),
    )
  }
  show()
  if (outcome.ok) element('hang-up').focus()
})

mute.addEventListener('click', () => {
  const line = currentLine()
  if (line) void phone.run({ name: line.isMuted ? 'unmute' : 'mute', lineId: line.id })
})

element('hang-up').addEventListener('click', () => {
  const line = currentLine()
  if (line) void phone.run({ name: 'hangUp', lineId: line.id })
})

for (const tone of '123456789*0#') {
  const key = document.createElement('button')
  key.type = 'button'
  key.textContent = tone
  key.setAttribute('aria-label', words.key(tone))
  key.addEventListener('click', () => {
    const line = currentLine()
    if (line) void phone.run({ name: 'sendDtmf', lineId: line.id, tones: tone })
  })
  element('keys').append(key)
}

phone.subscribe(show)
setInterval(showTime, 1_000)
// The other side should hear the end at once, not after the media has timed out.
window.addEventListener('pagehide', () => void phone.close())
