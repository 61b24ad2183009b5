import { z } from 'zod'
import type { ReferenceReading, ReferenceWriting, Store } from '../store/store.ts'

const part = 'register-id'

/** The register's own id: made with it, and anew when it is brought back from a backup (`putRegisterId`). */
export async function openRegisterId(store: Store, newId: () => string): Promise<string> {
  const known = await readRegisterId(store.read.reference)
  if (known !== null) return known
  return store.write(async (tx) => {
    // Another server on the same store may have made it since.
    const made = await readRegisterId(tx.reference)
    if (made !== null) return made
    const id = newId()
    await putRegisterId(tx.reference, id)
    return id
  })
}

/** Null for a register of a version that knew no such id, until a server is started on it. */
export async function readRegisterId(from: ReferenceReading): Promise<string | null> {
  const body = await from.part(part)
  return body === null ? null : z.uuid().parse(JSON.parse(body))
}

export const putRegisterId = (to: ReferenceWriting, id: string): Promise<void> => to.putPart(part, JSON.stringify(id))
