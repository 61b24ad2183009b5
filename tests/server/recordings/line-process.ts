import { SteppingClock } from '../../main/recordings/desk.ts'
import { openLine } from './line.ts'

// Run as a process of its own, so that it can be killed as a power cut would kill it.
const line = await openLine(process.argv[2] ?? '', new SteppingClock())
console.log(line.port)
