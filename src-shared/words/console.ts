import { enConsoleAdmin, viConsoleAdmin } from './console/admin.ts'
import { enConsoleCalls, viConsoleCalls } from './console/calls.ts'
import { enConsoleReports, viConsoleReports } from './console/reports.ts'
import { enConsoleRooms, viConsoleRooms } from './console/rooms.ts'
import { enConsoleShell, viConsoleShell } from './console/shell.ts'
import { enConsoleSync, viConsoleSync } from './console/sync.ts'
import { enConsoleWriting, viConsoleWriting } from './console/writing.ts'

export const viConsole = {
  ...viConsoleShell,
  ...viConsoleCalls,
  ...viConsoleWriting,
  ...viConsoleRooms,
  ...viConsoleAdmin,
  ...viConsoleReports,
  ...viConsoleSync,
} as const

export const enConsole: Record<keyof typeof viConsole, string> = {
  ...enConsoleShell,
  ...enConsoleCalls,
  ...enConsoleWriting,
  ...enConsoleRooms,
  ...enConsoleAdmin,
  ...enConsoleReports,
  ...enConsoleSync,
}
