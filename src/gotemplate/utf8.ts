/**
 * Go's strings are bytes. Where that can be seen (`len`, `index`, `slice`, `%x`, columns of errors) a string is read
 * here as its UTF-8 bytes. A byte that is no part of a character, such as one half of a sliced "é", is held in a
 * JavaScript string as the lone surrogate U+DC00 + byte, so that two halves put together are a character again.
 */

/** How many bytes the text takes, what Go calls its `len`. */
export function byteLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      length += 2
      i++
    } else if (!isStrayByte(unit)) length += unit < 0x800 ? 1 : 2
  }
  return length
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  const encoder = new TextEncoder()
  if (!hasStrayBytes(text)) return encoder.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const unit = character.charCodeAt(0)
    if (character.length === 1 && isStrayByte(unit)) bytes.push(unit - 0xdc00)
    else bytes.push(...encoder.encode(character))
  }
  return Uint8Array.from(bytes)
}

/** So many bytes are read faster one by one than by a decoder that has to be made. */
const fewBytes = 32

/** The text that the bytes spell. */
export function textOf(bytes: ArrayLike<number>): string {
  if (bytes instanceof Uint8Array && bytes.length > fewBytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      // Not all of them are characters.
    }
  }
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0
    const size = characterSize(bytes, i)
    if (size === 0) text += String.fromCharCode(0xdc00 + first)
    else {
      let rune = size === 1 ? first : first & (0xff >> (size + 1))
      for (let next = i + 1; next < i + size; next++) rune = (rune << 6) | ((bytes[next] ?? 0) & 0x3f)
      text += String.fromCodePoint(rune)
    }
    i += size || 1
  }
  return text
}

/** A text put together from others: stray bytes that now form a character become that character. */
export function joined(text: string): string {
  return hasStrayBytes(text) ? textOf(bytesOf(text)) : text
}

/** The text as a file in UTF-8 can hold it: each stray byte is U+FFFD. */
export function wellFormed(text: string): string {
  return hasStrayBytes(text) ? joined(text).replace(/[\ud800-\udfff]/gu, '\ufffd') : text
}

/** Whether some of a text's characters take two code units, or are stray bytes. */
export function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text)
}

function hasStrayBytes(text: string): boolean {
  return !text.isWellFormed()
}

/** How many bytes the character at `start` takes; 0 when no well-formed character starts there. */
function characterSize(bytes: ArrayLike<number>, start: number): number {
  const first = bytes[start] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  for (let i = start + 1; i < start + size; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0
  // Longer than needed, a surrogate, or past the last character.
  const second = bytes[start + 1] ?? 0
  if (first === 0xe0 && second < 0xa0) return 0
  if (first === 0xed && second > 0x9f) return 0
  if (first === 0xf0 && second < 0x90) return 0
  if (first === 0xf4 && second > 0x8f) return 0
  return size
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

function isStrayByte(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff
}
