import { afterAll, expect, test, vi } from 'vitest'
import { connectDesk } from '../../../src-renderer/session/desk.ts'
import { rereadDesk, startSession, useSession } from '../../../src-renderer/session/session-store.ts'
import type { DeskState } from '../../../src-shared/bridge.ts'

vi.stubGlobal('localStorage', { getItem: () => null })
afterAll(() => {
  vi.unstubAllGlobals()
  useSession.setState(useSession.getInitialState())
})

/** A desk that answers when it is told to. */
function slowDesk() {
  const asked: PromiseWithResolvers<DeskState>[] = []
  let announce: (state: DeskState) => void = () => {}
  connectDesk({
    bridge: {
      call: () => {
        const answer = Promise.withResolvers<DeskState>()
        asked.push(answer)
        return answer.promise
      },
      on: (name: string, hear: (state: DeskState) => void) => {
        if (name === 'desk.state') announce = hear
      },
    } as never,
    phone: { subscribe() {} } as never,
    clock: { now: Date.now },
    newId: () => 'x',
  })
  return { asked, announce: (state: DeskState) => announce(state) }
}

const stateWith = (waiting: number) => ({ account: null, link: { kind: 'signed-out' }, waiting }) as never as DeskState
const shown = () => useSession.getState().state?.waiting

test('what was announced while an answer was under way is newer than the answer', async () => {
  const desk = slowDesk()
  const started = startSession()
  desk.announce(stateWith(2))
  desk.asked[0]!.resolve(stateWith(1))
  await started
  expect(shown()).toBe(2)

  const read = rereadDesk()
  desk.asked[1]!.resolve(stateWith(3))
  await read
  expect(shown()).toBe(3)
})
