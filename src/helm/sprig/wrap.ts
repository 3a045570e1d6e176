/** Texts made to fit a width, which counts bytes. */

import { FunctionError } from '../../gotemplate/error.ts'
import { byteLength, bytesOf, textOf } from '../../gotemplate/utf8.ts'

/**
 * A text in lines of at most `width` bytes, broken at blanks, of which those at the start of a line are dropped. A longer
 * word is cut when `cuts` says so, else it has a line of its own.
 */
export function wrapped(text: string, width: number, separator: string, cuts: boolean): string {
  const most = Math.max(width, 1)
  // One character a byte, so that offsets are those of bytes.
  const isPlain = byteLength(text) === text.length
  const bytes = isPlain ? text : String.fromCharCode(...bytesOf(text))
  const restored = (part: string) => (isPlain ? part : textOf(Array.from(part, (byte) => byte.charCodeAt(0))))
  let out = ''
  let at = 0
  while (bytes.length - at > most) {
    if (bytes[at] === ' ') {
      at++
      continue
    }
    const blank = bytes.lastIndexOf(' ', at + most)
    if (blank >= at) {
      out += restored(bytes.slice(at, blank)) + separator
      at = blank + 1
    } else if (cuts) {
      out += restored(bytes.slice(at, at + most)) + separator
      at += most
    } else {
      const end = bytes.indexOf(' ', at + most)
      if (end < 0) return out + restored(bytes.slice(at))
      out += restored(bytes.slice(at, end)) + separator
      at = end + 1
    }
  }
  return out + restored(bytes.slice(at))
}

const dots = '...'

/**
 * A text cut to `width` bytes with dots in the place of what is missing; the byte at `offset` is kept. A width too small
 * for dots on both sides gives nothing.
 */
export function abbreviated(text: string, offset: number, width: number): string {
  const bytes = bytesOf(text)
  const { length } = bytes
  if (width < 4 || length === 0) return ''
  if (length <= width) return text
  const part = (from: number, to: number) => {
    if (from < 0) throw new FunctionError(`runtime error: slice bounds out of range [${from}:]`)
    return textOf(bytes.subarray(from, to))
  }
  let from = Math.min(offset, length)
  if (length - from < width - 3) from = length - (width - 3)
  if (from <= 4) return part(0, width - 3) + dots
  if (width < 7) return ''
  if (from + width - 3 < length) return dots + abbreviated(part(from, length), 0, width - 3)
  return dots + part(length - (width - 3), length)
}
