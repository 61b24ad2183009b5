import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeskState } from '../../../src-shared/bridge.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { type Desk, openDesk, openServer } from '../../fixtures/desk.ts'

export const monday = '2026-11-16T09:00:00+07:00'
export type Server = Awaited<ReturnType<typeof openServer>>

/** Desks and folders of one test, and what a person does at them. */
export interface Room {
  folder(): string
  open(dir: string, server: string, clock?: { now(): number; monotonic?(): number }): Promise<Desk>
  /** Ends one and forgets it. */
  close(desk: Desk): Promise<void>
  clear(): Promise<void>
}

export function openRoom(): Room {
  const dirs: string[] = []
  const desks = new Set<Desk>()
  return {
    folder() {
      const dir = mkdtempSync(join(tmpdir(), 'desk-'))
      dirs.push(dir)
      return dir
    },
    async open(dir, server, clock) {
      const desk = await openDesk(dir, server, clock)
      desks.add(desk)
      return desk
    },
    async close(desk) {
      desks.delete(desk)
      await desk.close()
    },
    async clear() {
      await Promise.all([...desks].map((desk) => desk.close()))
      desks.clear()
      for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const password = 'demo-1022'
export const inStep = (state: DeskState): boolean => state.link.kind === 'connected' && state.waiting === 0

export async function signIn(desk: Desk, username = 'ha.lt'): Promise<DeskState> {
  await desk.call('session.signIn', { username, password })
  return desk.until(inStep)
}

export async function fieldOf(desk: Desk): Promise<string> {
  const { reference } = await desk.call('reference.get', {})
  return reference!.directory.fields.find((field) => field.parentId !== null)!.id
}

/** Opens a case at the desk as the console does: a code first, then the command with it. */
export async function openCase(desk: Desk, content = 'Đèn đường trước chợ hỏng ba ngày nay, tối đi lại nguy hiểm.') {
  const { code } = await desk.call('codes.reserve', { draftId: `d-${Math.random()}` })
  const answer = await desk.call('cases.command', {
    caseId: null,
    name: 'case.open',
    input: {
      code: code!,
      kind: 'report',
      channel: 'phone',
      fieldId: await fieldOf(desk),
      areaId: null,
      content,
      citizen: {
        name: 'Nguyễn Thị Kiểm Thử',
        phone: '02775550199',
        address: 'Ấp 1, xã Mỹ Thọ',
        email: '',
        isAnonymous: false,
      },
    },
  })
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer))
  return { code: code!, caseId: answer.caseId, answer }
}

export async function sendSlip(desk: Desk, caseId: CaseId) {
  const { reference } = await desk.call('reference.get', {})
  const agency = reference!.directory.agencies.find((each) => each.id === 'so-xay-dung')!
  return desk.call('cases.command', {
    caseId,
    name: 'slip.send',
    input: {
      agencyId: agency.id,
      summary: 'Đề nghị kiểm tra, sửa đèn đường.',
      callAttempt: { at: monday, number: agency.phone, result: 'no-answer' },
      skippedCallReason: null,
    },
  })
}

export const demoServer = (options: { at?: string; port?: number; dataDir?: string } = {}): Promise<Server> =>
  openServer({ at: monday, ...options })
