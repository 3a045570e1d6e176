/** Base64 and base32. What cannot be decoded gives Go's error as the result. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { bytesOf, textOf } from '../../gotemplate/utf8.ts'

const onText = (call: (text: string) => unknown): Signature => ({ parameters: ['string'], call })

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII
const ascii = /^[\x00-\x7f]*$/

export const encodingFunctions: Readonly<Record<string, Signature>> = {
  b64enc: onText((text) => (ascii.test(text) ? btoa(text) : encoded(bytesOf(text), base64))),
  b64dec: onText((text) => decodedText(text, base64)),
  b32enc: onText((text) => encoded(bytesOf(text), base32)),
  b32dec: onText((text) => decodedText(text, base32)),
}

/** An encoding of groups of bytes in groups of characters. */
interface Encoding {
  readonly name: string
  readonly alphabet: string
  /** Bits of a character. */
  readonly bits: number
  /** Characters of a group. */
  readonly group: number
}

export const base64: Encoding = {
  name: 'base64',
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  group: 4,
}

const base32: Encoding = { name: 'base32', alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 }

/** Bytes as text, filled up with `=`. */
export function encoded(bytes: ArrayLike<number>, { alphabet, bits, group }: Encoding): string {
  let out = ''
  let held = 0
  let count = 0
  for (let i = 0; i < bytes.length; i++) {
    held = (held << 8) | (bytes[i] ?? 0)
    count += 8
    while (count >= bits) {
      count -= bits
      out += alphabet.charAt((held >> count) & ((1 << bits) - 1))
    }
    held &= (1 << count) - 1
  }
  if (count > 0) out += alphabet.charAt((held << (bits - count)) & ((1 << bits) - 1))
  return out + '='.repeat((group - (out.length % group)) % group)
}

/** The bytes that a text stands for, or the offset at which it is malformed. Line breaks are no part of it. */
export function decoded(text: string, encoding: Encoding): { readonly bytes: number[] } | { readonly at: number } {
  const { alphabet, bits, group } = encoding
  const source = bytesOf(text)
  const bytes: number[] = []
  let at = 0
  const next = () => {
    while (source[at] === 10 || source[at] === 13) at++
    return at < source.length ? String.fromCharCode(source[at++] ?? 0) : undefined
  }
  for (;;) {
    const values: number[] = []
    while (values.length < group) {
      const character = next()
      if (character === undefined) return values.length === 0 ? { bytes } : { at: at - values.length }
      if (character === '=') {
        const end = padding(values.length)
        if (end !== undefined) return { at: end }
        pushBytes(values)
        return { bytes }
      }
      const value = alphabet.indexOf(character)
      if (value < 0) return { at: at - 1 }
      values.push(value)
    }
    pushBytes(values)
  }

  /** Checks what follows the first `=` behind `count` characters of a group; the offset of a mistake. */
  function padding(count: number): number | undefined {
    const first = at - 1
    const whole = Math.floor((count * bits) / 8) * 8
    // So few characters hold no byte more than fewer of them do.
    if (count * bits - whole >= bits || count < 2) return first
    for (let left = group - count - 1; left > 0; left--) {
      const before = at
      const character = next()
      if (character === undefined) return group === 4 ? source.length : before
      // Of base64, Go tells the place before the one that should be filled up.
      if (character !== '=') return group === 4 ? at - 2 : at - 1
    }
    return next() === undefined ? undefined : at - 1
  }

  function pushBytes(values: readonly number[]) {
    let held = 0n
    for (const value of values) held = (held << BigInt(bits)) | BigInt(value)
    const count = Math.floor((values.length * bits) / 8)
    held >>= BigInt(values.length * bits - count * 8)
    for (let i = count - 1; i >= 0; i--) bytes.push(Number((held >> BigInt(8 * i)) & 255n))
  }
}

function decodedText(text: string, encoding: Encoding): string {
  const result = decoded(text, encoding)
  return 'bytes' in result ? textOf(result.bytes) : `illegal ${encoding.name} data at input byte ${result.at}`
}
