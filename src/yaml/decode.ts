import type { Report } from '../problem.ts'

/**
 * The text of a file's bytes: UTF-8, or UTF-16 behind a byte order mark. Reports `invalid-text` where the bytes are
 * neither, and gives undefined then.
 */
export function decodeText(bytes: Uint8Array, file: string, report: Report): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  const text = decoded(bytes, encoding, false)
  if (text !== undefined) return text
  // The longest beginning that decodes: `low` bytes do, `high` bytes don't.
  let low = 0
  let high = bytes.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (decoded(bytes.subarray(0, middle), encoding, true) === undefined) high = middle
    else low = middle
  }
  const lines = (decoded(bytes.subarray(0, low), encoding, true) ?? '').split(/\r\n?|\n/)
  report({
    code: 'invalid-text',
    severity: 'error',
    message: `the text must be valid ${encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'}`,
    at: { file, line: lines.length, col: (lines.at(-1)?.length ?? 0) + 1 },
  })
  return undefined
}

function decoded(bytes: Uint8Array, encoding: string, more: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: more })
  } catch {
    return undefined
  }
}
