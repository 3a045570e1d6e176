import type { Token } from './scan.ts'
import type { Source } from './source.ts'

function take(source: Source, pattern: RegExp): string {
  let text = ''
  for (let char = source.char(); char !== undefined && pattern.test(char); char = source.char()) {
    text += char
    source.skip()
  }
  return text
}

const letter = /[0-9A-Za-z_-]/

export function scanAnchor(source: Source): Token {
  const at = source.mark()
  const kind = source.char() === '*' ? 'alias' : 'anchor'
  source.skip()
  const text = take(source, letter)
  if (text === '' || !(source.isBlankOrEnd() || '?:,]}%@`'.includes(source.char() ?? '')))
    throw source.fault('did not find expected alphabetic or numeric character')
  return { kind, at, text }
}

const uri = /[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]/

function scanUri(source: Source, head: string): string {
  let text = head.slice(1)
  for (let char = source.char(); char !== undefined && uri.test(char); char = source.char()) {
    if (char === '%') {
      text += scanOctets(source)
      continue
    }
    text += char
    source.skip()
  }
  if (head.length < 1 && text === '') throw source.fault('did not find expected tag URI')
  return text
}

/** How many octets a character has by the first of them. */
const widths: readonly (readonly [mask: number, bits: number])[] = [
  [0x80, 0x00],
  [0xe0, 0xc0],
  [0xf0, 0xe0],
  [0xf8, 0xf0],
]

/** A character whose octets are written as `%` and two digits each. */
function scanOctets(source: Source): string {
  const octets: number[] = []
  for (let width = 1; octets.length < width; ) {
    const digits = `${source.char()}${source.char(1) ?? ''}${source.char(2) ?? ''}`
    if (!/^%[0-9a-fA-F]{2}$/.test(digits)) throw source.fault('did not find URI escaped octet')
    const octet = Number.parseInt(digits.slice(1), 16)
    if (octets.length === 0) {
      width = widths.findIndex(([mask, bits]) => (octet & mask) === bits) + 1
      if (width === 0) throw source.fault('found an incorrect leading UTF-8 octet')
    } else if ((octet & 0xc0) !== 0x80) throw source.fault('found an incorrect trailing UTF-8 octet')
    octets.push(octet)
    for (let i = 0; i < 3; i++) source.skip()
  }
  return new TextDecoder().decode(Uint8Array.from(octets))
}

export function scanTag(source: Source): Token {
  const at = source.mark()
  let handle = ''
  let suffix = ''
  if (source.char(1) === '<') {
    source.skip()
    source.skip()
    suffix = scanUri(source, '')
    if (source.char() !== '>') throw source.fault(`did not find the expected '>'`)
    source.skip()
  } else {
    source.skip()
    handle = `!${take(source, letter)}`
    if (source.char() === '!') {
      source.skip()
      handle += '!'
      suffix = scanUri(source, '')
    } else {
      suffix = scanUri(source, handle)
      handle = '!'
      // `!` by itself has no handle.
      if (suffix === '') [handle, suffix] = ['', '!']
    }
  }
  if (!source.isBlankOrEnd()) throw source.fault('did not find expected whitespace or line break')
  return { kind: 'tag', at, text: handle, suffix }
}

/** A line that begins with `%`: `text` is `YAML` with its version, or `TAG` with its handle and `suffix` its prefix. */
export function scanDirective(source: Source): Token {
  const at = source.mark()
  source.skip()
  const name = take(source, letter)
  if (name === '') throw source.fault('could not find expected directive name')
  if (!source.isBlankOrEnd()) throw source.fault('found unexpected non-alphabetical character')
  if (name !== 'YAML' && name !== 'TAG') throw source.fault('found unknown directive name')
  take(source, /[ \t]/)
  const { text, suffix } = name === 'YAML' ? { text: `YAML ${version(source)}`, suffix: '' } : tagPrefix(source)
  take(source, /[ \t]/)
  if (source.char() === '#') while (!source.isBreakOrEnd()) source.skip()
  if (!source.isBreakOrEnd()) throw source.fault('did not find expected comment or line break')
  // No key may begin on the line behind a directive.
  if (source.isBreak()) source.skipLine()
  return { kind: 'directive', at, text, suffix }
}

function version(source: Source): string {
  const number = () => {
    const digits = take(source, /[0-9]/)
    if (digits === '') throw source.fault('did not find expected version number')
    if (digits.length > 2) throw source.fault('found extremely long version number')
    return Number(digits)
  }
  const major = number()
  if (source.char() !== '.') throw source.fault(`did not find expected digit or '.' character`)
  source.skip()
  return `${major}.${number()}`
}

function tagPrefix(source: Source): { readonly text: string; readonly suffix: string } {
  if (source.char() !== '!') throw source.fault(`did not find expected '!'`)
  source.skip()
  let handle = `!${take(source, letter)}`
  if (source.char() === '!') {
    source.skip()
    handle += '!'
  } else if (handle !== '!') throw source.fault(`did not find expected '!'`)
  if (!source.isBlank()) throw source.fault('did not find expected whitespace')
  take(source, /[ \t]/)
  const suffix = scanUri(source, '')
  if (!source.isBlankOrEnd()) throw source.fault('did not find expected whitespace or line break')
  return { text: `TAG ${handle}`, suffix }
}
