import { isMap } from '../k8s/object.ts'
import { dotted, nearest, type Path, type Position, type Report } from '../problem.ts'
import { problemCodes, problemKind } from './catalogue.ts'
import { type Level, levels, type ProblemRules, type Suppression } from './judge.ts'

/** Where the rules are read from: a path below `spec.problems` leads to a place in the user's file. */
type Locate = (path: Path, part: 'key' | 'value') => Position | undefined

interface Place {
  readonly at: Locate
  /** What messages call the place. */
  readonly named: (path: Path) => string
  readonly report: Report
}

/**
 * What a RenderIstio says about problems: `levels` by code, and `ignore`, a list of what is accepted and why.
 *
 * Reports `wrong-setting`, `unknown-setting`, `unknown-problem`, `missing-reason`, and `firm-problem` where an error
 * that leaves no right answer is to be lowered.
 */
export function readProblemRules(
  value: unknown,
  base: ProblemRules,
  at: Locate,
  report: Report,
  named = (path: Path) => dotted(['spec', 'problems', ...path]),
): ProblemRules {
  const place = { at, named, report }
  if (!isMap(value)) {
    wrong(place, [], 'hold `levels` and `ignore`', value)
    return base
  }
  const members = { levels: readLevels, ignore: readIgnore }
  for (const name of Object.keys(value)) unknownField(place, [], name, Object.keys(members))
  return {
    levels: { ...base.levels, ...readLevels(value.levels, place) },
    ignore: [...base.ignore, ...readIgnore(value.ignore, place)],
  }
}

function readLevels(value: unknown, place: Place): ProblemRules['levels'] {
  if (value === undefined) return {}
  if (!isMap(value)) {
    wrong(place, ['levels'], 'be a map from codes to "off", "warn" or "error"', value)
    return {}
  }
  const result: { [code: string]: Level } = {}
  for (const [code, said] of Object.entries(value)) {
    const path = ['levels', code]
    // `off` without quotes is false to readers of YAML 1.1.
    const level = said === false ? 'off' : levels.find((known) => known === said)
    if (!level) wrong(place, path, 'be "off", "warn" or "error"', said)
    else if (isKnown(code, path, 'key', place) && (level === 'error' || mayBeLowered(code, path, place)))
      result[code] = level
  }
  return result
}

function readIgnore(value: unknown, place: Place): Suppression[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    wrong(place, ['ignore'], 'be a list of `code`, `path` and `reason`', value)
    return []
  }
  return value.flatMap((item: unknown, index) => suppression(item, ['ignore', index], place))
}

function suppression(item: unknown, path: Path, place: Place): Suppression[] {
  if (!isMap(item)) {
    wrong(place, path, 'hold `code`, `path` and `reason`', item)
    return []
  }
  for (const name of Object.keys(item)) unknownField(place, path, name, ['code', 'path', 'reason'])
  const { code, path: field, reason } = item
  if (typeof code !== 'string') {
    wrong(place, [...path, 'code'], 'be the code of a problem', code)
    return []
  }
  if (field !== undefined && typeof field !== 'string') {
    wrong(place, [...path, 'path'], 'be a field path, such as "spec.components.pilot"', field)
    return []
  }
  const known = isKnown(code, [...path, 'code'], 'value', place) && mayBeLowered(code, [...path, 'code'], place)
  if (typeof reason !== 'string' || reason.trim() === '') {
    place.report({
      code: 'missing-reason',
      severity: 'error',
      message: `\`${place.named(path)}\` must have a \`reason\`, for those who come after`,
      path: place.named([...path, 'reason']),
      at: place.at('reason' in item ? [...path, 'reason'] : path, 'value'),
      hint: `write why "${code}" is fine here.`,
    })
    return []
  }
  return known ? [{ code, path: field, reason, at: place.at([...path, 'code'], 'value') }] : []
}

function isKnown(code: string, path: Path, part: 'key' | 'value', { at, named, report }: Place): boolean {
  if (problemKind(code)) return true
  const [close] = nearest(code, problemCodes())
  report({
    code: 'unknown-problem',
    severity: 'error',
    message: `\`${named(path)}\` must be the code of a problem; "${code}" is none`,
    path: named(path),
    at: at(path, part),
    hint: close ? `did you mean "${close}"?` : 'every line that tells a problem ends with its code.',
    value: code,
    proposed: close,
  })
  return false
}

function mayBeLowered(code: string, path: Path, { at, named, report }: Place): boolean {
  const kind = problemKind(code)
  if (kind?.severity !== 'error' || kind.optional) return true
  report({
    code: 'firm-problem',
    severity: 'error',
    message: `\`${named(path)}\` must not lower "${code}": there is no right answer while it lasts`,
    path: named(path),
    at: at(path, 'key'),
    hint: 'mend what it tells of.',
  })
  return false
}

function unknownField({ at, named, report }: Place, path: Path, name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  const [close] = nearest(name, known)
  report({
    code: 'unknown-setting',
    severity: 'error',
    message: `\`${named([...path, name])}\` must be a setting of RenderIstio; "${name}" is none`,
    path: named([...path, name]),
    at: at([...path, name], 'key'),
    hint: close ? `did you mean \`${close}\`?` : `known are ${known.join(', ')}.`,
    proposed: close,
  })
}

function wrong({ at, named, report }: Place, path: Path, must: string, value: unknown): void {
  report({
    code: 'wrong-setting',
    severity: 'error',
    message: `\`${named(path)}\` must ${must}; it is ${JSON.stringify(value) ?? 'not there'}`,
    path: named(path),
    at: at(path, 'value'),
    value,
  })
}
