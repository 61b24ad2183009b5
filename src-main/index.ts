import { app } from 'electron'
import { runShell } from './electron/shell.ts'

// One desk on one machine: a second start shows the first one's window.
if (!app.requestSingleInstanceLock()) app.quit()
else runShell()
