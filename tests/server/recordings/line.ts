import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import type { HeardBytes, RecordingAccount, VerifiedRecording } from '../../../sync-server/src/recordings/options.ts'
import { registerRecordings } from '../../../sync-server/src/recordings/register-recordings.ts'

export type Line = {
  dir: string
  app: FastifyInstance
  url: string
  port: number
  verified: VerifiedRecording[]
  heard: HeardBytes<RecordingAccount>[]
}

/** A real server on a free port (or the one given): the token `desk` uploads, `supervisor` may also listen. */
export const openLine = async (dir: string, clock: { now(): number }, port = 0, maxBytes?: number): Promise<Line> => {
  const app = fastify({ forceCloseConnections: true })
  const verified: VerifiedRecording[] = []
  const heard: HeardBytes<RecordingAccount>[] = []
  await registerRecordings(app, {
    dir,
    signingKeyFile: join(dir, 'keys', 'countersign.pem'),
    clock,
    authorize: (request) => {
      const token = /^Bearer (desk|supervisor)$/.exec(request.headers.authorization ?? '')?.[1]
      return token === undefined ? null : { accountId: token }
    },
    canListen: (account) => account.accountId === 'supervisor',
    onVerified: (info) => void verified.push(info),
    onListened: (info) => void heard.push(info),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  })
  await app.listen({ host: '127.0.0.1', port })
  const bound = (app.server.address() as AddressInfo).port
  return { dir, app, url: `http://127.0.0.1:${bound}`, port: bound, verified, heard }
}
