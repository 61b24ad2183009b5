import { syncBuiltinESMExports } from 'node:module'
import zlib from 'node:zlib'

/**
 * What Node does in threads of its own comes back in an order of its own. Here it is done at once; loaded before whatever takes hold
 * of these functions.
 */
zlib.zstdDecompress = ((bytes: Buffer, options: object, done: (error: Error | null, out?: Buffer) => void) => {
  try {
    const out = zlib.zstdDecompressSync(bytes, options)
    process.nextTick(done, null, out)
  } catch (error) {
    process.nextTick(done, error as Error)
  }
}) as unknown as typeof zlib.zstdDecompress
syncBuiltinESMExports()
