import { ipcRenderer } from 'electron'

/**
 * The wire: hands each port that the shell gives this window over to the page, and nothing else. The page never sees
 * `ipcRenderer`; a port is all it gets.
 */
const names = ['desk-port', 'phone-port'] as const

const loaded = new Promise<void>((resolve) => {
  window.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
})

for (const name of names) {
  ipcRenderer.on(name, (event) => {
    const ports = [...event.ports]
    void loaded.then(() =>
      window.postMessage(name, window.location.origin === 'null' ? '*' : window.location.origin, ports),
    )
  })
}
void loaded.then(() => ipcRenderer.send('window-ready'))
