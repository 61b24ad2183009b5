import { type Line, maxLines, type PhoneCommand, type PhoneReply, type PhoneSnapshot } from './phone.ts'
import { isLive } from './states.ts'

type Refusal = Extract<PhoneReply, { ok: false }>

/** In which state of the line a command makes sense. `answer` on a talking line is refused, not ignored. */
const fitting: Partial<Record<PhoneCommand['name'], Line['state'][]>> = {
  answer: ['ringing'],
  decline: ['ringing'],
  hangUp: ['ringing', 'dialling', 'talking', 'held'],
  hold: ['talking'],
  resume: ['held'],
  mute: ['talking', 'held'],
  unmute: ['talking', 'held'],
  sendDtmf: ['talking'],
  blindTransfer: ['talking', 'held'],
  startAttendedTransfer: ['talking', 'held'],
  completeAttendedTransfer: ['talking', 'held'],
  cancelAttendedTransfer: ['talking', 'held'],
  pauseRecording: ['talking', 'held'],
  resumeRecording: ['talking', 'held'],
  forget: ['ended'],
}

/** Null when the phone may do it now. Pure; the same answer lets the console disable a button with a reason. */
export const refusalOf = (phone: PhoneSnapshot, command: PhoneCommand): Refusal | null => {
  if (command.name === 'dial' || command.name === 'startAttendedTransfer' || command.name === 'blindTransfer') {
    if (!isDiallable(command.number)) return refused('bad-number', `"${command.number}" is no number to dial.`)
  }
  if (command.name === 'dial' || command.name === 'startAttendedTransfer') {
    if (phone.registration.state !== 'registered') {
      return refused('not-registered', `The phone is ${phone.registration.state}.`)
    }
    if (phone.lines.filter(isLive).length >= maxLines) return refused('no-free-line', 'Both lines are in use.')
  }
  if (!('lineId' in command)) return null

  const line = phone.lines.find((one) => one.id === command.lineId)
  if (!line) return refused('no-such-line', `No line ${command.lineId}.`)
  if (fitting[command.name]?.includes(line.state) === false) {
    return refused('wrong-state', `${command.name} does not fit a line that is ${line.state}.`)
  }
  if (command.name === 'completeAttendedTransfer' || command.name === 'cancelAttendedTransfer') {
    if (line.transfer?.kind !== 'attended') return refused('wrong-state', 'No transfer was begun on this line.')
  }
  if (command.name === 'pauseRecording' && line.recording !== 'on') return refused('not-recording', line.recording)
  if (command.name === 'resumeRecording' && line.recording !== 'paused') return refused('not-recording', line.recording)
  return null
}

export const refused = (code: Refusal['code'], why: string): Refusal => ({ ok: false, code, why })

/** Digits as people type them, with an optional +, and *#; spaces, dots and dashes are dropped by `dialled`. */
export const isDiallable = (number: string): boolean => /^\+?[0-9*#]{1,20}$/.test(dialled(number))

export const dialled = (number: string): string => number.replace(/[\s.()-]/g, '')
