/**
 * The patches of `k8s.overlays`, as the installer of Istio applies them.
 *
 * The installer drops what goes wrong in silence. Here the object that comes out is the installer's in every case, and
 * beside it a `Miss` tells where a patch did not do what it says.
 */

import { dotted, nearest } from '../problem.ts'
import { readDocuments } from '../yaml/read.ts'
import { type Fields, isMap } from './object.ts'
import { indexIn, keyAndValue, selectItem } from './overlay-select.ts'
import { described, type Segment, selector, splitPath } from './path.ts'
import { fieldShape, fieldsOf, isScalar, isTypeName, itemShape, kindType, type Shape } from './types.ts'

/** One patch of an overlay; without a value, or with null, it deletes. */
export interface OverlayPatch {
  readonly path: string
  readonly value?: unknown
}

/** Why a patch did not do what it says. */
export interface Miss {
  readonly reason: MissReason
  /** The segment of the path that is to blame, and where in the path it begins. */
  readonly segment: string
  readonly offset: number
  readonly message: string
  /** Names that would have fitted there. */
  readonly candidates: readonly string[]
}

export type MissReason =
  /** The path names nothing. */
  | 'empty-path'
  /** The path is longer than any object is deep. */
  | 'too-deep'
  /** Nothing in the list fits the selector. */
  | 'no-such-item'
  /** A selector that the list can't be asked with. */
  | 'bad-selector'
  /** The path goes on below a scalar. */
  | 'not-a-map'
  /** A list whose items can't be replaced: one in another list, or one that is null. */
  | 'fixed-list'
  /** There is nothing to delete. */
  | 'nothing-there'
  /** A selector where no list is makes a key with brackets. */
  | 'literal-key'
  /** A list that an earlier patch wrote is appended to, not replaced. */
  | 'appended'
  /** The text holds a colon, so it is read as YAML, and a map stands where text belongs. */
  | 'text-is-a-map'
  /** The API has no such field. */
  | 'unknown-field'

/** The object with one patch applied. */
export function applyOverlay(object: unknown, path: string, value: unknown): { object: unknown; miss?: Miss } {
  const { object: result, misses } = applyPatches(object, [{ path, value }])
  return misses[0] ? { object: result, miss: misses[0] } : { object: result }
}

/**
 * The object with the patches of one overlay applied, each upon what the one before left, and a miss or `undefined` for
 * each. What a patch writes behaves differently from then on (a list in it is appended to), but only up to the end of
 * the overlay; so its patches belong together.
 */
export function applyPatches(
  object: unknown,
  patches: readonly OverlayPatch[],
): { object: unknown; misses: readonly (Miss | undefined)[] } {
  const root = copied(object)
  const type = isMap(object) ? kindType(object.apiVersion, object.kind) : undefined
  const written = new WeakSet<object>()
  return { object: root, misses: patches.map((patch) => applyPatch(root, patch, type, written)) }
}

/** More levels than any object has; what reads it later does so by recursion. */
const deepest = 200

type Tree = { [key: string]: unknown }

/** A step down the object: from `holder` by `key`. */
interface Step {
  readonly segment: Segment
  readonly holder: Tree | unknown[]
  readonly key: string | number
  /** Whether nothing stood there before. */
  readonly fresh: boolean
  /** Whether the holder is a list that its own holder would not notice a change of. */
  readonly fixed: boolean
  /** What the API has there, as far as it is known. */
  readonly shape: Shape | undefined
}

function applyPatch(
  root: unknown,
  { path, value }: OverlayPatch,
  type: Shape | undefined,
  written: WeakSet<object>,
): Miss | undefined {
  const segments = splitPath(path)
  const beyond = segments[deepest]
  if (beyond) return missAt(beyond, 'too-deep', `it has more than ${deepest} fields`)
  const walked = walk(root, segments, type, written)
  if (!Array.isArray(walked)) return walked
  const last = walked.at(-1)
  if (last === undefined) {
    const message = 'it names no field, and an object as a whole is not patched'
    return missAt({ text: path, offset: 0 }, 'empty-path', message)
  }
  if (last.fixed) return fixedList(walked)
  if (value === undefined || value === null) return remove(walked, last)
  return write(walked, last, value, written) ?? doubtful(walked, type)
}

/**
 * The steps of a path. Maps that are missing are made on the way, even for a patch that deletes. Below a null they are
 * not yet part of the object: only a write attaches them.
 */
function walk(
  root: unknown,
  segments: readonly Segment[],
  type: Shape | undefined,
  written: WeakSet<object>,
): Step[] | Miss {
  const steps: Step[] = []
  let node = root
  let shape = type
  let fixed = false
  for (const [index, segment] of segments.entries()) {
    if (node === null) {
      const inside = selector(segment.text)
      fixed = inside !== undefined && (indexIn(inside) !== undefined || keyAndValue(inside) !== undefined)
      node = fixed ? [] : made({}, written)
    }
    if (Array.isArray(node)) {
      const place = selectItem(node, segment.text, placeOf(steps))
      if (typeof place !== 'number') return missAt(segment, place.reason, place.message, place.candidates)
      shape = itemShape(shape)
      steps.push({ segment, holder: node, key: place, fresh: place >= node.length, fixed, shape })
      node = place < node.length ? node[place] : made({}, written)
      fixed = true
    } else if (isMap(node)) {
      const holder = node as Tree
      const fresh = !Object.hasOwn(holder, segment.text)
      shape = fieldShape(shape, segment.text)
      steps.push({ segment, holder, key: segment.text, fresh, fixed: false, shape })
      const next = segments[index + 1]
      if (fresh && next) put(holder, segment.text, missing(holder, next, written))
      node = Object.hasOwn(holder, segment.text) ? holder[segment.text] : undefined
      fixed = false
    } else {
      const message = `${placeOf(steps)} must be a map or a list to have \`${segment.text}\`; it is ${described(node)}`
      return missAt(segment, 'not-a-map', message)
    }
  }
  return steps
}

/** What is made for a missing field: in the object's own maps always a map, so that a selector becomes a key. */
function missing(holder: Tree, next: Segment, written: WeakSet<object>): unknown {
  if (!written.has(holder)) return {}
  const inside = selector(next.text)
  return inside !== undefined && indexIn(inside) !== undefined ? [] : made({}, written)
}

function remove(steps: readonly Step[], last: Step): Miss | undefined {
  const absent = steps.find((step) => step.fresh)
  const known = absent && !Array.isArray(absent.holder) ? Object.keys(absent.holder) : []
  if (Array.isArray(last.holder)) {
    if (!last.fresh) last.holder.splice(Number(last.key), 1)
  } else {
    delete last.holder[last.key]
  }
  if (absent === undefined) return undefined
  const place = placeOf(steps.slice(0, steps.indexOf(absent) + 1))
  const candidates = known.filter((key) => key !== absent.key)
  return missAt(absent.segment, 'nothing-there', `there is no ${place} to delete`, candidates)
}

function write(steps: readonly Step[], last: Step, value: unknown, written: WeakSet<object>): Miss | undefined {
  const { holder, key } = last
  const map = typeof value === 'string' ? mapInText(value) : undefined
  const copy = copied(map ?? value, written)
  const patched = !Array.isArray(holder) && written.has(holder)
  if (map && patched) return writeRoot(last, holder, map, written)
  const before = patched && Object.hasOwn(holder, key) ? holder[key] : undefined
  put(holder, key, Array.isArray(before) ? [...before, copy] : copy)
  const lost = attach(steps)
  if (lost) return lost
  const place = placeOf(steps)
  if (Array.isArray(before)) {
    return missAt(last.segment, 'appended', `${place} was written by an earlier patch, so the value is appended to it`)
  }
  if (!map || !isScalar(last.shape)) return undefined
  return missAt(last.segment, 'text-is-a-map', `the text holds a colon and is read as a map, but ${place} must be text`)
}

/** In what a patch wrote, a map given as text comes under its own first key instead of the one that the path names. */
function writeRoot(last: Step, holder: Tree, map: Fields, written: WeakSet<object>): Miss {
  delete holder[last.key]
  const [first] = Object.entries(map)
  if (first) put(holder, first[0], copied(first[1], written))
  const message = `the text holds a colon and is read as a map, whose first field stands in place of \`${last.key}\``
  return missAt(last.segment, 'text-is-a-map', message)
}

/**
 * Makes what was built on the way part of the object, from the inside out. A list in a list, and one that stands for a
 * null, can't be told of a new item: then nothing comes of the write.
 */
function attach(steps: readonly Step[]): Miss | undefined {
  for (let i = steps.length - 1; i > 0; i--) {
    const [above, step] = [steps[i - 1], steps[i]]
    if (!above || !step) return undefined
    if (above.fixed) return above.fresh ? fixedList(steps.slice(0, i)) : undefined
    put(above.holder, above.key, step.holder)
  }
  return undefined
}

function fixedList(steps: readonly Step[]): Miss | undefined {
  const last = steps.at(-1)
  const message = `${placeOf(steps.slice(0, -1))} is null or stands in a list, so that no item of it can be set`
  return last && missAt(last.segment, 'fixed-list', message)
}

/** A write that worked and can hardly be meant: through a selector that became a key, or to a field that isn't one. */
function doubtful(steps: readonly Step[], type: Shape | undefined): Miss | undefined {
  for (const [index, { segment, holder, fresh, shape }] of steps.entries()) {
    if (Array.isArray(holder)) continue
    const place = placeOf(steps.slice(0, index))
    if (selector(segment.text) !== undefined) {
      const message = `${place} is not a list, so \`${segment.text}\` becomes a key of a map`
      return missAt(segment, 'literal-key', message)
    }
    const owner = index === 0 ? type : steps[index - 1]?.shape
    if (!fresh || shape !== undefined || owner === undefined || owner === 'any') continue
    if (!isTypeName(owner)) return missAt(segment, 'unknown-field', `${place} is not a map in the API`)
    const known = Object.keys(fieldsOf(owner))
    const close = nearest(segment.text, known)
    return missAt(
      segment,
      'unknown-field',
      `${owner} has no field \`${segment.text}\``,
      close.length > 0 ? close : known,
    )
  }
  return undefined
}

/**
 * The map that a text is: one that holds `: `, or a colon and several lines, is read as YAML, but text that is a JSON
 * object stays text.
 */
function mapInText(text: string): Fields | undefined {
  if (!text.includes(text.includes('\n') ? ':' : ': ')) return undefined
  try {
    if (isMap(JSON.parse(text))) return undefined
  } catch {
    // Not JSON, so it may be YAML.
  }
  let failed = false
  const [document] = readDocuments(text, '', (problem) => {
    failed ||= problem.severity === 'error'
  })
  if (failed) return undefined
  const value = document?.value ?? {}
  return isMap(value) ? value : undefined
}

function missAt(
  { text, offset }: Segment,
  reason: MissReason,
  message: string,
  candidates: readonly string[] = [],
): Miss {
  return { reason, segment: text, offset, message, candidates }
}

/** The place that steps lead to, as messages name it. */
function placeOf(steps: readonly Step[]): string {
  return steps.length > 0 ? `\`${dotted(steps.map((step) => step.key))}\`` : 'the object'
}

function made<T extends object>(value: T, written: WeakSet<object>): T {
  written.add(value)
  return value
}

/** A copy to change, without what is `undefined`; its maps become `written` ones when that is given. */
function copied<T>(value: T, written?: WeakSet<object>): T
function copied(value: unknown, written?: WeakSet<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, written))
  if (!isMap(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  const copy = Object.fromEntries(members.map(([key, member]) => [key, copied(member, written)]))
  return written ? made(copy, written) : copy
}

/** Sets a member, whatever its name; plain assignment would take `__proto__` for something else. */
function put(holder: Tree | unknown[], key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })
}
