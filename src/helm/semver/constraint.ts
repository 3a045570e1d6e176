/** Conditions on versions: `>=1.2 <2 || ^3.1`. */

import { quote } from '../../gotemplate/quote.ts'
import { comparePrereleases, compareVersions, parseVersion, type Version } from './version.ts'

/** One comparison. */
interface Comparison {
  readonly operator: string
  readonly version: Version
  /** Which parts were left out or written as `x`. */
  readonly dirty: boolean
  readonly minorDirty: boolean
  readonly patchDirty: boolean
}

/** Alternatives, each of comparisons that must all hold. */
export type Constraint = readonly (readonly Comparison[])[]

const number = String.raw`[\d|xX*]+`
const rest = String.raw`(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?`
const versionForm = `v?${number}(?:\\.${number})?(?:\\.${number})?${rest}`
const operators = String.raw`!=|=>|=<|=|>=|<=|>|<|~>|~|\^|`
const longest = 512
const mostAlternatives = 32

/** The constraint that a text tells, or why it tells none. */
export function parseConstraint(text: string): Constraint | { readonly error: string } {
  if (new TextEncoder().encode(text).length > longest)
    return { error: `constraint string is too long (max ${longest} bytes)` }
  const alternatives = withoutRanges(text).split('||')
  if (alternatives.length > mostAlternatives) return { error: `too many constraint groups (max ${mostAlternatives})` }
  const constraint: Comparison[][] = []
  for (const alternative of alternatives) {
    const found = partsOf(alternative)
    if (found === undefined) return { error: `improper constraint: ${quote(alternative)}` }
    const comparisons: Comparison[] = []
    for (const one of found) {
      const comparison = parseComparison(one)
      if (comparison === undefined) return { error: 'constraint parser error' }
      comparisons.push(comparison)
    }
    constraint.push(comparisons)
  }
  return constraint
}

/** The comparisons of an alternative, between which a blank or a comma stands; undefined where it is none. */
function partsOf(alternative: string): string[] | undefined {
  const item = new RegExp(`(?:${operators})\\s*(?:${versionForm})`, 'y')
  const separator = /\s*,\s*|\s+|$/y
  const found: string[] = []
  let at = alternative.length - alternative.trimStart().length
  do {
    item.lastIndex = at
    const [part] = item.exec(alternative) ?? []
    if (part === undefined) return undefined
    found.push(part)
    separator.lastIndex = at + part.length
    const between = separator.exec(alternative)
    if (!between) return undefined
    at = separator.lastIndex
    if (at === alternative.length && between[0].includes(',')) return undefined
  } while (at < alternative.length)
  return found
}

/** `1.2 - 2.0` is `>=1.2, <=2.0`. */
function withoutRanges(text: string): string {
  return text.replace(new RegExp(`\\s*(${versionForm})\\s+-\\s+(${versionForm})\\s*`, 'g'), '>= $1, <= $2 ')
}

function parseComparison(text: string): Comparison | undefined {
  const parts = new RegExp(
    `^\\s*(${operators})\\s*v?(${number})(?:\\.(${number}))?(?:\\.(${number}))?(-[\\dA-Za-z.-]+)?(\\+[\\dA-Za-z.-]+)?\\s*$`,
  ).exec(text)
  if (!parts) return undefined
  const [, operator = '', major = '', minor, patch, prerelease = ''] = parts
  const metadata = parts[6] ?? ''
  const any = isAny(major)
  const minorDirty = !any && isAny(minor)
  const patchDirty = !any && !minorDirty && isAny(patch)
  const dirty = any || minorDirty || patchDirty
  const numbers = any
    ? '0.0.0'
    : minorDirty
      ? `${major}.0.0`
      : patchDirty
        ? `${major}.${minor}.0`
        : `${major}.${minor}.${patch}`
  const version = parseVersion(`${numbers}${prerelease}${dirty ? '' : metadata}`)
  if ('error' in version) return undefined
  return {
    operator: operator === '=>' ? '>=' : operator === '=<' ? '<=' : operator,
    version,
    dirty,
    minorDirty,
    patchDirty,
  }
}

function isAny(part: string | undefined): boolean {
  return part === undefined || part === '' || /^[xX*]$/.test(part)
}

/** Whether a version meets a constraint. A prerelease does only where a comparison of the alternative names one. */
export function satisfies(constraint: Constraint, version: Version): boolean {
  return constraint.some((comparisons) => {
    const takesPrereleases = comparisons.some(({ version: { prerelease } }) => prerelease !== '')
    return comparisons.every(
      (comparison) => (version.prerelease === '' || takesPrereleases) && holds(version, comparison),
    )
  })
}

function holds(version: Version, comparison: Comparison): boolean {
  const { operator, version: bound, dirty, minorDirty, patchDirty } = comparison
  const by = compareVersions(version, bound)
  switch (operator) {
    case '!=':
      return differs(version, comparison)
    case '>':
      if (!dirty) return by > 0
      if (version.major !== bound.major) return version.major > bound.major
      if (minorDirty) return false
      return patchDirty ? version.minor > bound.minor : by > 0
    case '<':
      return by < 0
    case '>=':
      return by >= 0
    case '<=':
      if (!dirty) return by <= 0
      return (
        version.major < bound.major || (version.major === bound.major && (minorDirty || version.minor <= bound.minor))
      )
    case '^':
      return by >= 0 && isCompatible(version, comparison)
    case '~':
    case '~>':
      return isPatchOf(version, comparison)
    default:
      return dirty ? isPatchOf(version, comparison) : by === 0
  }
}

function differs(version: Version, { version: bound, dirty, minorDirty, patchDirty }: Comparison): boolean {
  if (dirty) {
    if (version.major !== bound.major) return true
    if (minorDirty) return false
    if (version.minor !== bound.minor) return true
    if (!patchDirty) return version.patch !== bound.patch
    return comparePrereleases(version.prerelease, bound.prerelease) !== 0
  }
  return compareVersions(version, bound) !== 0
}

/** Changes that keep the leftmost part that is not zero. */
function isCompatible(version: Version, { version: bound, minorDirty, patchDirty }: Comparison): boolean {
  if (bound.major > 0n || minorDirty) return version.major === bound.major
  if (version.major > 0n) return false
  if (bound.minor > 0n || patchDirty) return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}

/** Changes of the last part that was written. */
function isPatchOf(version: Version, { version: bound, minorDirty, patchDirty }: Comparison): boolean {
  if (compareVersions(version, bound) < 0) return false
  const { major, minor, patch } = bound
  if (major === 0n && minor === 0n && patch === 0n && !minorDirty && !patchDirty) return true
  return version.major === major && (minorDirty || version.minor === minor)
}
