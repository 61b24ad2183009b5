import type { z } from 'zod'
import type { EngineRoom } from './engine.ts'
import { microphoneFailure } from './media.ts'
import type { Line, PhoneReply, phoneCommandSchema, Transfer } from './phone.ts'
import { dialled, refused } from './refusals.ts'
import { runSelfTest } from './self-test.ts'
import { openSipLink } from './sip.ts'
import { isLive } from './states.ts'
import { stopAll } from './talk.ts'

type Command = z.output<typeof phoneCommandSchema>

const done: PhoneReply = { ok: true, lineId: null }

/** Carries out what `refusalOf` has let pass. Rejects only on a failure that no reply code names. */
export const runCommand = async (room: EngineRoom, command: Command): Promise<PhoneReply> => {
  switch (command.name) {
    case 'register':
      return register(room, command.settings)
    case 'unregister':
      return unregister(room)
    case 'dial':
      return dial(room, command.number)
    case 'setDevices': {
      const before = room.snapshot()
      const chosen = {
        ringDeviceId: command.ringDeviceId ?? before.ringDeviceId,
        talkDeviceId: command.talkDeviceId ?? before.talkDeviceId,
        microphoneDeviceId: command.microphoneDeviceId ?? before.microphoneDeviceId,
      }
      room.emit({ type: 'chosen', ...chosen })
      await room.media.choose(chosen)
      return done
    }
    case 'selfTest':
      await runSelfTest(room)
      return done
    case 'forget':
      room.emit({ type: 'forgotten', lineId: command.lineId })
      return done
    default:
      return onLine(room, command)
  }
}

type LineCommand = Extract<Command, { lineId: string }>

const onLine = async (room: EngineRoom, command: LineCommand): Promise<PhoneReply> => {
  const { lineId } = command
  const rig = room.rigs.get(lineId)
  if (!rig) return refused('no-such-line', 'The line has just ended.')
  const { call, talk, recorder } = rig
  switch (command.name) {
    case 'answer':
      return answer(room, lineId)
    case 'decline':
      await call.decline(false)
      return done
    case 'hangUp':
      await call.hangUp(room.lineOf(lineId)?.answeredAt ? 'hung-up-here' : 'cancelled-here')
      return done
    case 'hold':
      await hold(room, lineId)
      return done
    case 'resume':
      return resume(room, lineId)
    case 'mute':
    case 'unmute':
      room.emit({ type: 'muted', lineId, isMuted: command.name === 'mute' })
      return done
    case 'sendDtmf':
      await talk?.sendTones(command.tones)
      return done
    case 'blindTransfer':
      return transfer(room, lineId, { kind: 'blind', number: dialled(command.number), consultLineId: null })
    case 'startAttendedTransfer':
      return consult(room, lineId, dialled(command.number))
    case 'completeAttendedTransfer':
      return completeTransfer(room, lineId)
    case 'cancelAttendedTransfer':
      return cancelTransfer(room, lineId)
    case 'pauseRecording':
      await recorder?.pause(command.reason)
      return done
    case 'resumeRecording':
      await recorder?.resume()
      return done
    case 'forget':
      return done
  }
}

const register = async (
  room: EngineRoom,
  settings: Extract<Command, { name: 'register' }>['settings'],
): Promise<PhoneReply> => {
  if (room.snapshot().lines.some(isLive)) return refused('wrong-state', 'A call is on the line.')
  await room.link?.close()
  room.settings = settings
  room.link = openSipLink({
    settings,
    clock: room.parts.clock,
    chance: room.parts.chance,
    onRegistration: (registration) => room.emit({ type: 'registration', registration }),
    onIncoming: room.incoming,
    onBack: room.mediaIsBack,
  })
  return done
}

const unregister = async (room: EngineRoom): Promise<PhoneReply> => {
  if (room.snapshot().lines.some(isLive)) return refused('wrong-state', 'A call is on the line.')
  const { link } = room
  room.link = null
  await link?.close()
  return done
}

const dial = async (room: EngineRoom, typed: string): Promise<PhoneReply> => {
  const number = dialled(typed)
  const { link } = room
  if (!link) return refused('not-registered', 'The phone has no line.')
  const microphone = await microphoneOrRefusal(room)
  if ('ok' in microphone) return microphone
  await holdOthers(room, null)
  const lineId = room.parts.newId()
  room.emit({ type: 'call', lineId, direction: 'out', number, displayName: '', queueCallId: null, at: room.now() })
  try {
    const call = await link.dial(number, microphone, room.listenerOf(lineId))
    // A socket that is gone ends the call before it has begun.
    if (room.lineOf(lineId)?.state === 'ended') stopAll(microphone)
    else room.startTalk(lineId, call, microphone)
    return { ok: true, lineId }
  } catch (error) {
    stopAll(microphone)
    room.emit({ type: 'ended', lineId, at: room.now(), reason: 'failed' })
    throw error
  }
}

const answer = async (room: EngineRoom, lineId: string): Promise<PhoneReply> => {
  const microphone = await microphoneOrRefusal(room)
  if ('ok' in microphone) return microphone
  await holdOthers(room, lineId)
  const rig = room.rigs.get(lineId)
  if (!rig || room.lineOf(lineId)?.state !== 'ringing') {
    stopAll(microphone)
    return refused('wrong-state', 'The caller has just hung up.')
  }
  room.startTalk(lineId, rig.call, microphone)
  await rig.call.answer(microphone)
  return { ok: true, lineId }
}

/** The microphone is silent from the first line on; whether the other side agrees to the hold changes nothing in that. */
const hold = async (room: EngineRoom, lineId: string) => {
  room.emit({ type: 'held', lineId })
  await room.rigs.get(lineId)?.call.setHold(true)
}

const resume = async (room: EngineRoom, lineId: string): Promise<PhoneReply> => {
  await holdOthers(room, lineId)
  const code = await room.rigs.get(lineId)?.call.setHold(false)
  if (code === undefined || code >= 300) return refused('refused-there', `The other side answered ${code}.`)
  room.emit({ type: 'resumed', lineId })
  return done
}

const holdOthers = async (room: EngineRoom, lineId: string | null) => {
  const others = room.snapshot().lines.filter((line) => line.id !== lineId && line.state === 'talking')
  await Promise.all(others.map((line) => hold(room, line.id)))
}

const transfer = async (
  room: EngineRoom,
  lineId: string,
  about: Pick<Transfer, 'kind' | 'number' | 'consultLineId'>,
): Promise<PhoneReply> => {
  const show = (state: Transfer['state'], failureCode: number | null) =>
    room.emit({ type: 'transfer', lineId, transfer: { ...about, state, failureCode } })
  const call = room.rigs.get(lineId)?.call
  const consulted = about.consultLineId === null ? null : room.rigs.get(about.consultLineId)?.call
  if (!call || consulted === undefined) return refused('no-such-line', 'One of the lines has ended.')
  show('asked', null)
  const code = await call.transferTo(consulted ?? about.number)
  if (code >= 300) {
    show('failed', code)
    return refused('refused-there', `The transfer ended with ${code}.`)
  }
  await hangUpIfLive(room, lineId)
  if (about.consultLineId) await hangUpIfLive(room, about.consultLineId)
  return done
}

const consult = async (room: EngineRoom, lineId: string, number: string): Promise<PhoneReply> => {
  if (room.lineOf(lineId)?.state === 'talking') await hold(room, lineId)
  const reply = await dial(room, number)
  if (!reply.ok) return reply
  const consultLineId = reply.lineId
  room.emit({
    type: 'transfer',
    lineId,
    transfer: { kind: 'attended', number, consultLineId, state: 'consulting', failureCode: null },
  })
  return reply
}

const completeTransfer = async (room: EngineRoom, lineId: string): Promise<PhoneReply> => {
  const begun = room.lineOf(lineId)?.transfer
  const consulted = room.snapshot().lines.find((line) => line.id === begun?.consultLineId)
  if (!begun || !consulted || !isAnswered(consulted)) return refused('wrong-state', 'Nobody has answered there yet.')
  return transfer(room, lineId, begun)
}

const cancelTransfer = async (room: EngineRoom, lineId: string): Promise<PhoneReply> => {
  const consultLineId = room.lineOf(lineId)?.transfer?.consultLineId
  room.emit({ type: 'transfer', lineId, transfer: null })
  if (consultLineId) await hangUpIfLive(room, consultLineId)
  return room.lineOf(lineId)?.state === 'held' ? resume(room, lineId) : done
}

const hangUpIfLive = async (room: EngineRoom, lineId: string) => {
  const line = room.lineOf(lineId)
  if (line && isLive(line)) await room.rigs.get(lineId)?.call.hangUp('hung-up-here')
}

const isAnswered = (line: Line) => line.state === 'talking' || line.state === 'held'

const microphoneOrRefusal = async (room: EngineRoom): Promise<MediaStream | Extract<PhoneReply, { ok: false }>> => {
  try {
    return await room.openMicrophone()
  } catch (error) {
    const failure = microphoneFailure(error)
    return refused(failure === 'permission-denied' ? failure : 'no-microphone', String(error))
  }
}
