import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

interface Need {
  readonly what: string
  readonly isHere: () => boolean
  readonly packages: readonly string[]
  readonly beforehand?: () => void
}

/** What the tests use of the system, and the Debian packages that bring it. */
const needs: readonly Need[] = [
  { what: 'Chromium', isHere: () => existsSync('/usr/bin/chromium'), packages: ['chromium'] },
  { what: 'espeak-ng', isHere: () => has('espeak-ng'), packages: ['espeak-ng', 'espeak-ng-data'] },
  { what: 'ffmpeg', isHere: () => has('ffmpeg') && has('ffprobe'), packages: ['ffmpeg'] },
  { what: 'Xvfb', isHere: () => has('Xvfb') && has('xvfb-run') && has('xauth'), packages: ['xvfb', 'xauth'] },
  { what: 'PostgreSQL', isHere: hasPostgres, packages: ['postgresql'], beforehand: programsOnly },
  { what: 'ip and tc', isHere: () => hasForRoot('ip') && hasForRoot('tc'), packages: ['iproute2'] },
  { what: 'iptables', isHere: () => hasForRoot('iptables'), packages: ['iptables'] },
  { what: 'strace', isHere: () => has('strace'), packages: ['strace'] },
  {
    what: "Electron's libraries",
    isHere: () =>
      ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1', 'libsecret-1.so.0', 'libnotify.so.4'].every(
        hasLibrary,
      ),
    packages: [
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
      'libxss1',
      'libatk-bridge2.0-0',
      'libcups2',
      'libdrm2',
      'libxkbcommon0',
      'libxcomposite1',
      'libxdamage1',
      'libxrandr2',
      'libsecret-1-0',
      'libnotify4',
      'dbus',
    ],
  },
]

/**
 * Installs what is missing where it may (root on Debian), and says which.
 * @returns what is still missing: the tests that need it are skipped with that reason.
 */
export function preparePackages(): string[] {
  const missing = needs.filter((need) => !need.isHere())
  if (missing.length === 0) return []
  const packages = missing.flatMap((need) => need.packages)
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version') && has('apt-get')) {
    console.log(`Installing for the tests: ${packages.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const need of missing) need.beforehand?.()
    const run = (args: string[]) =>
      spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
    if (run(['update', '-qq'])) run(['install', '-y', '-qq', '--no-install-recommends', ...packages])
  } else {
    console.log(`Not installed, and this user may not install: ${packages.join(' ')}`)
  }
  return needs.filter((need) => !need.isHere()).map((need) => need.what)
}

/** The server's own programs, which Debian keeps off the path. */
function hasPostgres(): boolean {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  return has('initdb') || versions.some((version) => existsSync(`${debian}/${version}/bin/initdb`))
}

/** Debian would set up a database of its own and start it; the tests start theirs. */
function programsOnly(): void {
  const settings = '/etc/postgresql-common/createcluster.conf'
  if (existsSync(settings)) return
  mkdirSync('/etc/postgresql-common', { recursive: true })
  writeFileSync(settings, 'create_main_cluster = false\n')
}

function has(command: string): boolean {
  return (process.env.PATH ?? '').split(':').some((dir) => existsSync(`${dir}/${command}`))
}

/** Debian keeps these off the path of those who are not root. */
function hasForRoot(command: string): boolean {
  return has(command) || ['/usr/sbin', '/sbin'].some((dir) => existsSync(`${dir}/${command}`))
}

let libraries: string | null = null
function hasLibrary(name: string): boolean {
  libraries ??=
    spawnSync('ldconfig', ['-p'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
    }).stdout ?? ''
  return (
    libraries.includes(name) ||
    (existsSync('/etc/ld.so.cache') && readFileSync('/etc/ld.so.cache', 'latin1').includes(name))
  )
}
