import { resolve } from 'node:path'
import { buildIfStale } from './start/build.ts'
import { type Child, firstLine, startChild } from './start/child.ts'
import { electronPath } from './start/electron-path.ts'
import { signIns } from './start/sign-ins.ts'

/**
 * `npm start`: the sync server on its embedded SQLite with the demonstration province, the practice line, and the desk,
 * on this machine alone. Electron opens where it and a display are; otherwise a browser is shown the same console.
 */
const root = resolve(import.meta.dirname, '..')
const data = resolve(process.env.BT1022_START_DATA ?? resolve(root, 'data'))
/** Asked for by name, this port or none; otherwise 10221, or any other when that is taken. */
const deskPort = process.env.BT1022_DESK_PORT
const children: Child[] = []

async function start(): Promise<void> {
  console.log('Bàn Trực 1022')
  // Windows that were built elsewhere are shown as they are.
  if (!process.env.BT1022_RENDERED_DIR) await buildIfStale(root)
  const server = startChild('máy chủ', ['sync-server/src/main.ts'], {
    cwd: root,
    env: { BT1022_DEMO: 'true', BT1022_DATA_DIR: resolve(data, 'server'), ...process.env },
  })
  children.push(server)
  const { listening: serverUrl } = await firstLine(server, 'máy chủ')

  const electron = electronPath()
  const env = { ...process.env, BT1022_SERVER: serverUrl, BT1022_DATA: resolve(data, 'desk') }
  let deskUrl: string | null = null
  if (electron.path !== null) {
    children.push(startChild('bàn trực', [...electron.args, '.'], { cwd: root, env, command: electron.path }))
  } else {
    const desk = startChild(
      'bàn trực',
      [
        'src-main/browser-host.ts',
        '--server',
        serverUrl,
        '--data',
        resolve(data, 'desk'),
        ...(deskPort ? ['--port', deskPort] : ['--prefer', '10221']),
      ],
      { cwd: root, env },
    )
    children.push(desk)
    deskUrl = (await firstLine(desk, 'bàn trực')).listening
  }

  console.log(`
  Bàn trực của tổng đài viên   ${deskUrl ?? 'đã mở trong cửa sổ Electron'}
  Gọi 1022 từ trình duyệt      ${serverUrl}/goi
  Trang công khai              ${serverUrl}/
  Trang của cơ quan            ${serverUrl}/agency/
${electron.path === null ? `\n  (${electron.why} Mở địa chỉ trên bằng Chromium hoặc Edge.)\n` : ''}
${signIns(root)}
  Ctrl-C để dừng tất cả.`)
}

let isStopping = false
async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await Promise.all(children.map((child) => child.stop()))
  process.exit(code)
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
process.on('SIGHUP', () => void stop(0))

start().then(
  () => {
    // The whole stands or falls together: an end of one part ends the others, and says which it was.
    for (const child of children) {
      void child.ended.then((code) => {
        if (isStopping) return
        if (code !== 0) console.error(`${child.name} đã dừng (mã ${code ?? '?'}).`)
        void stop(code ?? 1)
      })
    }
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    void stop(2)
  },
)
