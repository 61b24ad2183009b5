import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { type BridgeWire, connectBridge, RemoteFailure } from '../../../src-renderer/bridge.ts'
import { bridgeUrl, tokenOf, wireFromPort, wireFromPorts } from '../../../src-renderer/session/wires.ts'

/** A desk's end of the wire, written out message by message. */
function handWire() {
  const posted: { id: number; call: string; input: unknown }[] = []
  let receive: (message: unknown) => void = () => {}
  let down: () => void = () => {}
  const wire: BridgeWire = {
    post: (message) => posted.push(message as (typeof posted)[number]),
    onMessage: (listener) => {
      receive = listener
    },
    onDown: (listener) => {
      down = listener
    },
  }
  return { wire, posted, receive: (message: unknown) => receive(message), down: () => down() }
}

describe('the bridge client', () => {
  test('a call is answered by its own reply, in whatever order replies come', async () => {
    const desk = handWire()
    const bridge = connectBridge(desk.wire)
    const first = bridge.call('codes.reserve', { draftId: 'a' })
    const second = bridge.call('codes.reserve', { draftId: 'b' })
    const [a, b] = desk.posted
    desk.receive({ id: b!.id, ok: true, value: { code: '26-0000002-B' } })
    desk.receive({ id: a!.id, ok: true, value: { code: '26-0000001-A' } })
    expect([await first, await second]).toEqual([{ code: '26-0000001-A' }, { code: '26-0000002-B' }])
  })

  test('a failure keeps its code, which the words are found by', async () => {
    const desk = handWire()
    const asked = connectBridge(desk.wire).call('messages.list', {})
    desk.receive({ id: desk.posted[0]!.id, ok: false, error: { code: 'offline', message: 'no link' } })
    await expect(asked).rejects.toMatchObject({ name: 'RemoteFailure', code: 'offline', message: 'no link' })
  })

  test('a reply that the contract does not allow is refused, not passed on', async () => {
    const desk = handWire()
    const asked = connectBridge(desk.wire).call('codes.reserve', { draftId: 'a' })
    desk.receive({ id: desk.posted[0]!.id, ok: true, value: { code: 26 } })
    await expect(asked).rejects.toMatchObject({ code: 'bad-reply' })
  })

  test('announcements are parsed and heard until the listener is taken away', () => {
    const desk = handWire()
    const bridge = connectBridge(desk.wire)
    const heard: number[] = []
    const stop = bridge.on('reference.changed', ({ revision }) => heard.push(revision))
    desk.receive({ announce: 'reference.changed', data: { revision: 7 } })
    expect(() => desk.receive({ announce: 'reference.changed', data: { revision: 'seven' } })).toThrow()
    stop()
    desk.receive({ announce: 'reference.changed', data: { revision: 8 } })
    expect(heard).toEqual([7])
  })

  test('what is neither reply nor announcement is a loud bug', () => {
    const desk = handWire()
    connectBridge(desk.wire)
    expect(() => desk.receive({ hello: 1 })).toThrow(/neither a reply nor an announcement/)
  })

  test('calls in flight when the desk dies are told so; a late reply disturbs nobody', async () => {
    const desk = handWire()
    const asked = connectBridge(desk.wire).call('codes.reserve', { draftId: 'a' })
    desk.down()
    await expect(asked).rejects.toBeInstanceOf(RemoteFailure)
    await expect(asked).rejects.toMatchObject({ code: 'desk-gone' })
    expect(() => desk.receive({ id: desk.posted[0]!.id, ok: true, value: { code: null } })).not.toThrow()
  })
})

describe('a desk that was away', () => {
  test('what it announced meanwhile was heard by nobody, so all is read again when it is back', () => {
    let up: () => void = () => {}
    const desk = handWire()
    const onUp = (listener: () => void) => {
      up = listener
    }
    const bridge = connectBridge({ ...desk.wire, onUp })
    const heard: unknown[] = []
    bridge.on('cases.changed', (data) => heard.push(data))
    up()
    expect(heard).toEqual([])
    desk.down()
    up()
    expect(heard).toEqual([{ caseIds: [] }])
  })
})

describe('wires', () => {
  const open: { close(): void }[] = []
  afterEach(() => {
    for (const port of open.splice(0)) port.close()
  })
  const channel = () => {
    const { port1, port2 } = new MessageChannel()
    open.push(port1, port2)
    return { window: port1 as unknown as MessagePort, desk: port2 }
  }
  const serve = (desk: ReturnType<typeof channel>['desk'], code: string) =>
    desk.on('message', ({ id }: { id: number }) => desk.postMessage({ id, ok: true, value: { code } }))

  test('a real port carries a call and its answer', async () => {
    const { window, desk } = channel()
    serve(desk, '26-0000001-A')
    const bridge = connectBridge(wireFromPort(window))
    expect(await bridge.call('codes.reserve', { draftId: 'a' })).toEqual({ code: '26-0000001-A' })
  })

  test('what is asked before the first port waits for it, and a new port takes over', async () => {
    const { wire, use } = wireFromPorts()
    const bridge = connectBridge(wire)
    const early = bridge.call('codes.reserve', { draftId: 'a' })
    const first = channel()
    serve(first.desk, 'first')
    use(first.window)
    expect(await early).toEqual({ code: 'first' })
    const second = channel()
    serve(second.desk, 'second')
    use(second.window)
    expect(await bridge.call('codes.reserve', { draftId: 'b' })).toEqual({ code: 'second' })
  })

  test('the token comes from the fragment and goes into the address of the bridge', () => {
    expect(tokenOf('#token=a%2Bb')).toBe('a+b')
    expect(tokenOf('')).toBeNull()
    expect(bridgeUrl('http://127.0.0.1:10221', 'a+b')).toBe('ws://127.0.0.1:10221/bridge?token=a%2Bb')
    expect(bridgeUrl('https://desk.example', 't')).toBe('wss://desk.example/bridge?token=t')
  })
})
