/**
 * `--set path=value`, as istioctl reads it: the argument, the type of its value, and the write into the IstioOperator
 * that the files make together.
 */
import { isMap } from '../k8s/object.ts'
import { described, type Segment, selector, splitPath, wholeNumber } from '../k8s/path.ts'
import { dotted, type Path } from '../problem.ts'

/** What is wrong with an argument, and at which character of it. */
export interface SetProblem {
  readonly message: string
  readonly offset: number
  readonly hint?: string | undefined
}

/** Where an argument leads, and what it puts there. */
export interface SetArgument {
  readonly path: readonly Segment[]
  readonly value: string | number | boolean
  /** What istioctl accepts in silence though it can hardly be meant. */
  readonly doubt?: SetProblem | undefined
  readonly problem?: undefined
}

/** The tree after a write, and the steps that the path took through it. */
export interface Written {
  readonly tree: unknown
  readonly path: Path
  /** What istioctl accepts in silence though it can hardly be meant. */
  readonly doubt?: SetProblem | undefined
  readonly problem?: undefined
}

/** Nothing was read or written. */
export interface Refused {
  readonly problem: SetProblem
}

/** Paths lead from here; the user does not write it. */
const root = 'spec.'

/** What begins like this is text, so that the tag `1.10` stays what it is. */
const alwaysText = [
  'spec.tag',
  'spec.compatibilityVersion',
  'spec.values.compatibilityVersion',
  'spec.values.global.tag',
  'spec.meshConfig.defaultConfig.proxyMetadata.',
  'spec.values.meshConfig.defaultConfig.proxyMetadata.',
]

/** More levels than any mesh has; what reads the tree later does so by recursion. */
const deepest = 200

/**
 * Reads one argument.
 *
 * With any other number of `=` than one, the whole text is the path and the value is empty; that is a `doubt`. A path
 * to nowhere and a number that JSON can't hold (`inf`, `nan`: istioctl crashes) are problems.
 */
export function parseSet(text: string): SetArgument | Refused {
  const parts = text.split('=')
  const [left = '', right = ''] = parts.length === 2 ? [parts[0]?.trimEnd(), parts[1]?.trim()] : [text]
  const path = splitPath(root + left).map(({ text, offset }) => ({ text, offset: Math.max(0, offset - root.length) }))
  if (path.length === 0 || (path.length === 1 && path[0]?.text === 'spec')) {
    const message = 'the argument must name a field'
    return { problem: { message, offset: 0, hint: 'write `path=value`, such as `values.pilot.traceSampling=1`.' } }
  }
  if (path.length > deepest) {
    const message = `the path must not be deeper than ${deepest} fields`
    return { problem: { message, offset: path[deepest]?.offset ?? 0 } }
  }
  const value = alwaysText.some((start) => (root + left).startsWith(start)) ? right : typeValue(right)
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const message = `the value must be a number that JSON can hold; "${right}" is none`
    return { problem: { message, offset: text.indexOf('=') + 1 } }
  }
  return { path, value, doubt: parts.length === 2 ? undefined : notOneEqualsSign(text) }
}

function notOneEqualsSign(text: string): SetProblem {
  const second = text.indexOf('=', text.indexOf('=') + 1)
  const message = `the argument must hold exactly one \`=\`; the whole of "${text}" is taken for a path with an empty value`
  return second < 0
    ? { message, offset: text.length, hint: 'write `path=value`.' }
    : { message, offset: second, hint: 'write a value that holds `=` into a file.' }
}

/**
 * The value that a text stands for by the rules of Go: a whole number, a float (`1_000`, `0x1p4` and `inf` are some), a
 * boolean (`t` is one), else the text itself, in which `\,` is a comma.
 */
export function typeValue(text: string): string | number | boolean {
  const number = floatOf(text)
  // Zero has a sign only as a float.
  if (number !== undefined) return number === 0 && /^-\d+$/.test(text) ? 0 : number
  if (/^(t|T|TRUE|true|True)$/.test(text)) return true
  if (/^(f|F|FALSE|false|False)$/.test(text)) return false
  return text.replaceAll('\\,', ',')
}

const decimal = /^[+-]?(\d[\d_]*(\.[\d_]*)?|\.[\d_]+)(e[+-]?[\d_]+)?$/i
const hexadecimal = /^([+-]?)0x([\da-f_]*)\.?([\da-f_]*)p([+-]?[\d_]+)$/i

/** The number, where Go's `strconv.ParseFloat` finds one: out of range is an error to it, and so are stray underscores. */
function floatOf(text: string): number | undefined {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  const hex = hexadecimal.exec(text)
  const stray = hex ? /(?<![\da-f]|0x)_|_(?![\da-f])/i : /(?<!\d)_|_(?!\d)/
  if (stray.test(text)) return undefined
  const number = hex ? hexFloat(hex) : decimal.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

function hexFloat(parts: RegExpExecArray): number {
  const [sign, whole = '', fraction = '', power = ''] = parts.slice(1).map((part) => part.replaceAll('_', ''))
  if (whole + fraction === '') return Number.NaN
  const mantissa = Number(BigInt(`0x${whole}${fraction}`))
  const exponent = Number(power) - 4 * fraction.length
  // In two steps, as 2 ** exponent alone may be out of range where the product is not.
  const half = Math.trunc(exponent / 2)
  const number = mantissa === 0 ? 0 : mantissa * 2 ** half * 2 ** (exponent - half)
  return sign === '-' ? -number : number
}

/**
 * The tree with `value` at `path`. What is missing on the way is made: a list where a selector follows, else a map. A
 * selector is an index, where one below 0 or beyond the list appends, or `key:value` for the first item that has it.
 *
 * Problems are what makes istioctl fail or crash: no such item, a selector that is none, a list or a scalar where the
 * path needs a map, replacing an item. What is set below a null is lost, as in istioctl; that is a `doubt`.
 */
export function setPath(tree: unknown, path: readonly Segment[], value: unknown): Written | Refused {
  return write(isMap(tree) ? tree : {}, path, value, [])
}

function write(
  map: { readonly [key: string]: unknown },
  [segment, ...rest]: readonly Segment[],
  value: unknown,
  above: Path,
): Written | Refused {
  if (segment === undefined) return { tree: map, path: above }
  const key = segment.text
  const path = [...above, key]
  const next = rest[0]
  if (next === undefined) return { tree: { ...map, [key]: value }, path }
  const child = Object.hasOwn(map, key) ? map[key] : undefined
  const below = next.text.startsWith('[')
    ? writeItem(child ?? (child === null ? null : []), rest, value, path)
    : writeMember(child === undefined ? {} : child, rest, value, path)
  return below.problem ? below : { ...below, tree: { ...map, [key]: below.tree } }
}

function writeMember(child: unknown, rest: readonly Segment[], value: unknown, path: Path): Written | Refused {
  if (isMap(child)) return write(child, rest, value, path)
  const offset = rest[0]?.offset ?? 0
  const message = `\`${dotted(path)}\` must be a map to have \`${rest[0]?.text}\`; it is ${described(child)}`
  if (child !== null) return { problem: { message, offset } }
  const detached = write({}, rest, value, path)
  const hint = `set a map in the file, or leave \`${dotted(path)}\` out of it.`
  return detached.problem ? detached : { tree: null, path: detached.path, doubt: { message, offset, hint } }
}

function writeItem(
  list: unknown,
  [select, ...rest]: readonly Segment[],
  value: unknown,
  path: Path,
): Written | Refused {
  const { text = '', offset = 0 } = select ?? {}
  const refuse = (message: string, hint?: string) => ({ problem: { message, offset, hint } })
  if (!Array.isArray(list)) {
    return refuse(`\`${dotted(path)}\` must be a list to have an item \`${text}\`; it is ${described(list)}`)
  }
  const found = itemOf(list, text)
  if (typeof found === 'string') return refuse(`\`${dotted(path)}\` ${found}`, hintFor(list, text))
  const exists = found >= 0 && found < list.length
  const index = exists ? found : list.length
  const here = [...path, index]
  if (rest.length === 0) {
    if (exists) return refuse(`\`${dotted(here)}\` must not be replaced as a whole`, 'name a field of the item.')
    return { tree: [...list, value], path: here }
  }
  // Unlike a null in a map, a null in a list is replaced.
  const below = writeMember(exists ? (list[index] ?? {}) : {}, rest, value, here)
  return below.problem ? below : { ...below, tree: list.toSpliced(index, 1, below.tree) }
}

/** The index that a selector means, or what is wrong with it. */
function itemOf(list: readonly unknown[], segment: string): number | string {
  const inside = selector(segment)
  const colon = inside?.indexOf(':') ?? -1
  if (inside !== undefined && colon >= 0) {
    const key = inside.slice(0, colon)
    const index = list.findIndex(
      (item) => isMap(item) && Object.hasOwn(item, key) && item[key] === inside.slice(colon + 1),
    )
    return index < 0 ? `must have an item \`${segment}\`` : index
  }
  return wholeNumber(inside ?? '') ?? `must be followed by an index or \`key:value\` in brackets, not \`${segment}\``
}

function hintFor(list: readonly unknown[], segment: string): string | undefined {
  const key = selector(segment)?.split(':')[0]
  if (key === undefined || !segment.includes(':')) return 'write `[0]` or `[name:istio-ingressgateway]`.'
  const known = list.flatMap((item) => (isMap(item) && Object.hasOwn(item, key) ? [`"${item[key]}"`] : []))
  if (known.length > 0) return `there: ${known.join(', ')}.`
  return 'a path sees the lists that the files hold, not those of the profile; write the list into a file.'
}
