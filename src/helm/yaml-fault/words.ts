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
      if (!/^%[0-9a-fA-F]{2}$/.test(`${char}${source.char(1) ?? ''}${source.char(2) ?? ''}`))
        throw source.fault('did not find URI escaped octet')
      source.skip()
      source.skip()
    }
    text += char
    source.skip()
  }
  if (head.length < 1 && text === '') throw source.fault('did not find expected tag URI')
  return text
}

export function scanTag(source: Source): Token {
  const at = source.mark()
  let handle = ''
  if (source.char(1) === '<') {
    source.skip()
    source.skip()
    scanUri(source, '')
    if (source.char() !== '>') throw source.fault(`did not find the expected '>'`)
    source.skip()
  } else {
    source.skip()
    handle = `!${take(source, letter)}`
    if (source.char() === '!') {
      source.skip()
      handle += '!'
      scanUri(source, '')
    } else {
      scanUri(source, handle)
      handle = '!'
    }
  }
  if (!source.isBlankOrEnd()) throw source.fault('did not find expected whitespace or line break')
  return { kind: 'tag', at, text: handle }
}

/** A line that begins with `%`: `text` is `YAML` with its version, or `TAG` with its handle. */
export function scanDirective(source: Source): Token {
  const at = source.mark()
  source.skip()
  const name = take(source, letter)
  if (name === '') throw source.fault('could not find expected directive name')
  if (!source.isBlankOrEnd()) throw source.fault('found unexpected non-alphabetical character')
  if (name !== 'YAML' && name !== 'TAG') throw source.fault('found unknown directive name')
  take(source, /[ \t]/)
  const text = name === 'YAML' ? `YAML ${version(source)}` : `TAG ${tagHandle(source)}`
  take(source, /[ \t]/)
  if (source.char() === '#') while (!source.isBreakOrEnd()) source.skip()
  if (!source.isBreakOrEnd()) throw source.fault('did not find expected comment or line break')
  return { kind: 'directive', at, text }
}

function version(source: Source): string {
  const number = () => {
    const digits = take(source, /[0-9]/)
    if (digits === '') throw source.fault('did not find expected version number')
    return Number(digits)
  }
  const major = number()
  if (source.char() !== '.') throw source.fault(`did not find expected digit or '.' character`)
  source.skip()
  return `${major}.${number()}`
}

function tagHandle(source: Source): string {
  if (source.char() !== '!') throw source.fault(`did not find expected '!'`)
  source.skip()
  let handle = `!${take(source, letter)}`
  if (source.char() === '!') {
    source.skip()
    handle += '!'
  } else if (handle !== '!') throw source.fault(`did not find expected '!'`)
  if (!source.isBlank()) throw source.fault('did not find expected whitespace')
  take(source, /[ \t]/)
  scanUri(source, '')
  if (!source.isBlankOrEnd()) throw source.fault('did not find expected whitespace or line break')
  return handle
}
