import { ChartError } from '../failed.ts'
import { chartLimit } from './chart.ts'

/** Unpacks gzip, up to a number of bytes, where Node's library for it is at hand. */
export function unzipOnNode(data: Uint8Array, limit: number): Uint8Array {
  // Most charts are folders, for which it would be loaded in vain; and it is not there in a browser.
  const zlib = globalThis.process?.getBuiltinModule('node:zlib')
  if (!zlib) throw new ChartError('an archive needs `unzip`, which unpacks it')
  try {
    return zlib.gunzipSync(data, { maxOutputLength: limit })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new ChartError(`decompressed chart is larger than the maximum size ${chartLimit}`)
    throw new ChartError(`gzip: ${message}`)
  }
}
