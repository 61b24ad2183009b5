import { createHash } from 'node:crypto'
import { aboutCall, noise, SteppingClock, vaultAt } from './desk.ts'

// A desk in a call: keeps slices as fast as the disk takes them and says which are safe, until it is killed.
const vault = await vaultAt(process.argv[2] ?? '', new SteppingClock())
const { recordingId } = await vault.begin(aboutCall)
process.stdout.write(`begun ${recordingId}\n`)
for (let index = 0; ; index++) {
  const slice = noise(4_000 + index)
  await vault.append(recordingId, index, slice)
  process.stdout.write(`kept ${index} ${createHash('sha256').update(slice).digest('hex')}\n`)
}
