import '../ui/jitless.ts'
import '@mantine/core/styles.css'
import '@fontsource/be-vietnam-pro/latin-400.css'
import '@fontsource/be-vietnam-pro/latin-500.css'
import '@fontsource/be-vietnam-pro/latin-600.css'
import '@fontsource/be-vietnam-pro/latin-ext-400.css'
import '@fontsource/be-vietnam-pro/latin-ext-500.css'
import '@fontsource/be-vietnam-pro/latin-ext-600.css'
import '@fontsource/be-vietnam-pro/vietnamese-400.css'
import '@fontsource/be-vietnam-pro/vietnamese-500.css'
import '@fontsource/be-vietnam-pro/vietnamese-600.css'
import '../ui/ui.css'
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { uuidv7 } from 'uuidv7'
import { connectBridge, RemoteFailure } from '../bridge.ts'
import { followCallers } from '../callers/caller.ts'
import { flushDrafts, followRegistered } from '../cases/draft-store.ts'
import { listenForKeys } from '../keyboard/keys.ts'
import { followQueue, readQueue } from '../queue/queue-store.ts'
import { connectDesk } from '../session/desk.ts'
import { markDesk, rereadDesk, showFailure, startSession, useSession } from '../session/session-store.ts'
import { signalVariables, theme } from '../ui/theme.ts'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { hostOf } from './host.ts'

const clock = { now: () => Date.now() }
// The instants of a call go into the register: they are said in its time, as the desk has measured it.
const registerClock = { now: () => clock.now() + (useSession.getState().state?.clockOffsetMs ?? 0) }
const host = hostOf(window, registerClock, uuidv7)
const bridge = connectBridge(host.wire)
connectDesk({ bridge, phone: host.phoneOf(bridge), clock, newId: uuidv7 })

// A desk that was restarted has forgotten nobody, but the window must ask again what it missed.
host.wire.onUp?.(() => void begin())
host.wire.onDown?.(() => markDesk(false))
listenForKeys(window)
window.addEventListener('pagehide', () => void flushDrafts())

// A read that nobody waited for: the words go above the room. A wire that broke says so by itself and reads again.
window.addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof RemoteFailure)) return
  event.preventDefault()
  if (event.reason.code !== 'desk-gone') showFailure(event.reason)
})

let hasBegun = false
async function begin(): Promise<void> {
  if (hasBegun) {
    await rereadDesk()
    return readQueue()
  }
  hasBegun = true
  await startSession()
  followCallers()
  followRegistered()
  await followQueue()
}

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={signalVariables} defaultColorScheme="auto">
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </MantineProvider>,
)
