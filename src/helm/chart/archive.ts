/** Packed charts: gzipped tar archives. */

import { quote } from '../../gotemplate/quote.ts'
import { ChartError } from '../failed.ts'
import { cleaned } from '../sprig/paths.ts'
import { type ChartFile, chartLimit } from './chart.ts'
import { unzipOnNode } from './unzip.ts' // on demand

export interface ArchiveOptions {
  /** Unpacks gzip; throws where the bytes are none or become more than `limit`. Node's own unless it is given. */
  readonly unzip?: ((data: Uint8Array, limit: number) => Uint8Array) | undefined
  /** What all files of a chart together may hold, those of archives within it included. */
  readonly limit?: number
  /** What has been unpacked so far, for all archives of a chart. */
  readonly unpacked?: { bytes: number }
}

const blockSize = 512
/** Names of more files than any chart has would fill the memory without any content. */
const mostFiles = 100_000

/**
 * The files of an archive, whose paths begin below its only folder. Throws a ChartError, in Helm's words, for paths that
 * lead out of it and for more content than a chart may have.
 */
export function readArchive(
  data: Uint8Array,
  { unzip = unzipOnNode, limit = chartLimit, unpacked = { bytes: 0 } }: ArchiveOptions,
): ChartFile[] {
  const files: ChartFile[] = []
  // Headers and padding come on top of the content.
  for (const { name, content } of entries(unzip(data, limit + 64 * 1024 * 1024))) {
    const path = safePath(name)
    unpacked.bytes += content.length
    if (unpacked.bytes >= limit) throw new ChartError(`decompressed chart is larger than the maximum size ${limit}`)
    files.push({ name: path, data: withoutMark(content) })
    if (files.length > mostFiles) throw new ChartError(`a chart must not have more than ${mostFiles} files`)
  }
  if (files.length === 0) throw new ChartError('no files in chart archive')
  return files
}

/** A file of an archive by its whole path; of a link nothing else is known. */
export interface ArchivedFile extends ChartFile {
  readonly isLink: boolean
}

/**
 * The files of an archive of any layout. Throws a ChartError as `readArchive` does, except that what is no part of a
 * chart does not count.
 */
export function readFiles(
  data: Uint8Array,
  { unzip = unzipOnNode, limit = chartLimit }: ArchiveOptions,
): ArchivedFile[] {
  const files: ArchivedFile[] = []
  for (const { name, content, isLink } of entries(unzip(data, limit + 64 * 1024 * 1024))) {
    files.push({ name: wholePath(name), data: withoutMark(content), isLink })
    if (files.length > mostFiles) throw new ChartError(`an archive must not have more than ${mostFiles} files`)
  }
  return files
}

/** Content without the mark by which some editors tell that it is UTF-8. */
export function withoutMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data
}

/** The path below the first folder of a path; throws for one that would leave it. */
function safePath(name: string): string {
  const delimiter = name.includes('\\') ? '\\' : '/'
  const [first, ...rest] = name.split(delimiter)
  const path = rest.join('/')
  if (path.startsWith('/')) throw new ChartError('chart illegally contains absolute paths')
  const clean = cleaned(path)
  if (clean === '.') throw new ChartError(`chart illegally contains content outside the base directory: ${quote(name)}`)
  if (clean.startsWith('..')) throw new ChartError('chart illegally references parent directory')
  if (/^[a-zA-Z]:\//.test(clean)) throw new ChartError('chart contains illegally named files')
  if (first === 'Chart.yaml') throw new ChartError('chart yaml not in base directory')
  return clean
}

/** A path as it is; throws for one that leads out of the archive. */
function wholePath(name: string): string {
  const path = cleaned(name.replaceAll('\\', '/'))
  if (path.startsWith('/') || /^[a-zA-Z]:/.test(path)) throw new ChartError('chart illegally contains absolute paths')
  if (path === '..' || path.startsWith('../')) throw new ChartError('chart illegally references parent directory')
  return path
}

interface Entry {
  readonly name: string
  readonly content: Uint8Array
  readonly isLink: boolean
}

/** The files of a tar archive in the formats ustar, PAX and GNU. */
function* entries(data: Uint8Array): Generator<Entry> {
  let longName: string | undefined
  let extended: Readonly<Record<string, string>> = {}
  for (let at = 0; at + blockSize <= data.length; ) {
    const header = data.subarray(at, at + blockSize)
    if (header.every((byte) => byte === 0)) return
    checkSum(header)
    const size = Number(extended.size ?? number(header, 124, 12))
    const start = at + blockSize
    if (!Number.isSafeInteger(size) || size < 0) throw new ChartError('archive/tar: invalid tar header')
    if (start + size > data.length) throw new ChartError('unexpected EOF')
    const content = data.subarray(start, start + size)
    at = start + Math.ceil(size / blockSize) * blockSize
    const kind = String.fromCharCode(header[156] ?? 0)
    if (kind === 'L') longName = field(content, 0, content.length)
    else if (kind === 'x') extended = records(content)
    else if (kind !== 'g' && kind !== 'K') {
      const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : ''
      const short = field(header, 0, 100)
      const name = extended.path ?? longName ?? (prefix === '' ? short : `${prefix}/${short}`)
      longName = undefined
      extended = {}
      if (kind === '5' || name.endsWith('/')) continue
      yield { name, content: /^[0\0 7]$/.test(kind) ? content : new Uint8Array(), isLink: /^[12]$/.test(kind) }
    }
  }
}

function checkSum(header: Uint8Array) {
  let sum = 0
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 32 : byte
  if (number(header, 148, 8) !== sum) throw new ChartError('archive/tar: invalid tar header')
}

function field(data: Uint8Array, from: number, length: number): string {
  const part = data.subarray(from, from + length)
  const end = part.indexOf(0)
  return new TextDecoder().decode(end < 0 ? part : part.subarray(0, end))
}

/** A number in octal digits, or in binary behind a bit that says so. */
function number(header: Uint8Array, from: number, length: number): number {
  if (((header[from] ?? 0) & 0x80) === 0) {
    const digits = field(header, from, length).trim()
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN
  }
  let value = (header[from] ?? 0) & 0x7f
  for (let i = 1; i < length; i++) value = value * 256 + (header[from + i] ?? 0)
  return value
}

/** The records of a PAX header: `LENGTH KEY=VALUE` and a newline each. */
function records(content: Uint8Array): Readonly<Record<string, string>> {
  const found: [string, string][] = []
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at)
    const length = space < 0 ? Number.NaN : Number(field(content, at, space - at))
    if (!Number.isInteger(length) || length <= space - at || at + length > content.length)
      throw new ChartError('archive/tar: invalid tar header')
    const [key = '', ...value] = new TextDecoder().decode(content.subarray(space + 1, at + length - 1)).split('=')
    found.push([key, value.join('=')])
    at += length
  }
  return Object.fromEntries(found)
}
