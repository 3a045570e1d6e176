/** URLs as Go's `net/url` takes them apart and puts them together. */

import { quote } from '../../gotemplate/quote.ts'
import { bytesOf, textOf } from '../../gotemplate/utf8.ts'

export interface Url {
  readonly scheme: string
  readonly opaque: string
  readonly host: string
  readonly path: string
  /** The path as it was written, where that differs from how it would be written. */
  readonly rawPath: string
  readonly query: string
  /** There is a `?` with nothing behind it. */
  readonly hasEmptyQuery: boolean
  /** No `//` stands before the path although there is a scheme. */
  readonly omitsHost: boolean
  readonly fragment: string
  readonly rawFragment: string
  /** The user, and the password behind it, as they are written; undefined where there is neither. */
  readonly user: string | undefined
}

type Part = 'path' | 'host' | 'user' | 'fragment'

/** What is wrong with a URL; caught where one is parsed. */
class Mistake {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** The parts of a URL, or Go's sentence on what is wrong with it. */
export function parseUrl(text: string): Url | { readonly error: string } {
  try {
    const [main, fragment] = cut(text, '#')
    const url = parseMain(main)
    if (fragment === '') return url
    const plain = unescaped(fragment, 'fragment')
    return { ...url, fragment: plain, rawFragment: escaped(plain, 'fragment') === fragment ? '' : fragment }
  } catch (thrown) {
    if (thrown instanceof Mistake) return { error: `parse ${quote(cut(text, '#')[0])}: ${thrown.message}` }
    throw thrown
  }
}

function cut(text: string, at: string): [before: string, after: string] {
  const index = text.indexOf(at)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

function parseMain(text: string): Url {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a URL must not have
  if (/[\x00-\x1f\x7f]/.test(text)) throw new Mistake('net/url: invalid control character in URL')
  const empty = { opaque: '', host: '', rawPath: '', fragment: '', rawFragment: '', user: undefined, omitsHost: false }
  const none = { ...empty, scheme: '', path: '', query: '', hasEmptyQuery: false }
  if (text === '*') return { ...none, path: '*' }
  if (text.startsWith(':')) throw new Mistake('missing protocol scheme')
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)
  const scheme = (found?.[1] ?? '').toLowerCase()
  const behind = text.slice(found?.[0].length ?? 0)
  const hasEmptyQuery = behind.endsWith('?') && behind.indexOf('?') === behind.length - 1
  const [rest, query] = hasEmptyQuery ? [behind.slice(0, -1), ''] : cut(behind, '?')
  const known = { ...none, scheme, query, hasEmptyQuery }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...known, opaque: rest }
    if (cut(rest, '/')[0].includes(':')) throw new Mistake('first path segment in URL cannot contain colon')
  }
  if ((scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
    const end = rest.indexOf('/', 2)
    const authority = rest.slice(2, end < 0 ? undefined : end)
    return { ...known, ...parseAuthority(authority), ...parsePath(end < 0 ? '' : rest.slice(end)) }
  }
  return { ...known, ...parsePath(rest), omitsHost: scheme !== '' && rest.startsWith('/') }
}

function parsePath(text: string): Pick<Url, 'path' | 'rawPath'> {
  const path = unescaped(text, 'path')
  return { path, rawPath: escaped(path, 'path') === text ? '' : text }
}

function parseAuthority(text: string): Pick<Url, 'host' | 'user'> {
  const at = text.lastIndexOf('@')
  const host = parseHost(text.slice(at + 1))
  if (at < 0) return { host, user: undefined }
  const info = text.slice(0, at)
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) throw new Mistake('net/url: invalid userinfo')
  const [name, password] = cut(info, ':')
  const user = escaped(unescaped(name, 'user'), 'user')
  return { host, user: info.includes(':') ? `${user}:${escaped(unescaped(password, 'user'), 'user')}` : user }
}

function parseHost(text: string): string {
  if (text.startsWith('[')) {
    const end = text.lastIndexOf(']')
    if (end < 0) throw new Mistake("missing ']' in host")
    checkPort(text.slice(end + 1))
  } else if (text.includes(':')) checkPort(text.slice(text.lastIndexOf(':')))
  return unescaped(text, 'host')
}

function checkPort(port: string) {
  if (!/^(:\d*)?$/.test(port)) throw new Mistake(`invalid port ${quote(port)} after host`)
}

/** The host without its port and the brackets around it. */
export function hostname(host: string): string {
  const name = host.replace(/:\d*$/, '')
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}

/** The text of a URL. */
export function urlText(url: Url): string {
  const { scheme, opaque, host, user, query, hasEmptyQuery, fragment } = url
  let out = scheme === '' ? '' : `${scheme}:`
  if (opaque !== '') out += opaque
  else {
    if ((scheme !== '' || host !== '' || user !== undefined) && !(url.omitsHost && host === '' && user === undefined)) {
      if (host !== '' || url.path !== '' || user !== undefined) out += '//'
      if (user !== undefined) out += `${user}@`
      out += escaped(host, 'host')
    }
    const path = escapedPath(url)
    if (path !== '' && !path.startsWith('/') && host !== '') out += '/'
    if (out === '' && cut(path, '/')[0].includes(':')) out += './'
    out += path
  }
  if (hasEmptyQuery || query !== '') out += `?${query}`
  if (fragment === '') return out
  return `${out}#${url.rawFragment !== '' ? url.rawFragment : escaped(fragment, 'fragment')}`
}

function escapedPath({ path, rawPath }: Url): string {
  if (rawPath !== '') return rawPath
  return path === '*' ? '*' : escaped(path, 'path')
}

/** Characters other than letters, digits, `-`, `_`, `.` and `~` that a part has as they are. */
const allowed: Readonly<Record<Part, string>> = {
  path: '$&+,/:;=@',
  host: '!$&\'()*+,;=:[]<>"',
  user: '$&+,;=',
  fragment: '$&+,/:;=?@!()*',
}

function mayStand(byte: number, part: Part): boolean {
  const character = String.fromCharCode(byte)
  return /^[A-Za-z0-9\-_.~]$/.test(character) || (byte < 0x80 && allowed[part].includes(character))
}

function escaped(text: string, part: Part): string {
  return Array.from(bytesOf(text), (byte) =>
    mayStand(byte, part) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

function unescaped(text: string, part: Part): string {
  const source = bytesOf(text)
  const bytes: number[] = []
  for (let i = 0; i < source.length; i++) {
    const byte = source[i] ?? 0
    if (byte !== 37) {
      if (part === 'host' && byte < 0x80 && !mayStand(byte, part))
        throw new Mistake(`invalid character ${quote(String.fromCharCode(byte))} in host name`)
      bytes.push(byte)
      continue
    }
    const code = String.fromCharCode(...source.subarray(i, i + 3))
    if (!/^%[\da-fA-F]{2}$/.test(code) || (part === 'host' && /^%[0-7]/.test(code) && code !== '%25'))
      throw new Mistake(`invalid URL escape ${quote(code)}`)
    bytes.push(Number.parseInt(code.slice(1), 16))
    i += 2
  }
  return textOf(bytes)
}
