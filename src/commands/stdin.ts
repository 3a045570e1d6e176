import { readSync } from 'node:fs'

/**
 * All of standard input. Whoever starts the program may hand it a pipe that answers "nothing yet" instead of waiting,
 * of which Node's own reading makes an error.
 */
export function readStdin(): Uint8Array {
  const chunks: Uint8Array[] = []
  let pause: Int32Array | undefined
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 16)
    try {
      const length = readSync(0, chunk)
      if (length === 0) return Buffer.concat(chunks)
      chunks.push(chunk.subarray(0, length))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return Buffer.concat(chunks)
      if (code !== 'EAGAIN') throw error
      pause ??= new Int32Array(new SharedArrayBuffer(4))
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}
