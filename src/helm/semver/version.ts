/** Versions by the rules of Semantic Versioning, read leniently: `v1.2` is one too. */

export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly prerelease: string
  readonly metadata: string
  /** As it was written. */
  readonly original: string
}

const form =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/
const longest = 256
const largest = 2n ** 64n - 1n

/** The version that a text tells, or why it tells none. */
export function parseVersion(text: string): Version | { readonly error: string } {
  if (new TextEncoder().encode(text).length > longest)
    return { error: `version string is too long (max ${longest} bytes)` }
  const [match, ...parts] = form.exec(text) ?? []
  if (match === undefined) return { error: 'invalid semantic version' }
  const numbers = parts.slice(0, 3).map((part) => BigInt(part ?? '0'))
  const overflow = parts.find((_, i) => i < 3 && (numbers[i] ?? 0n) > largest)
  if (overflow !== undefined)
    return { error: `error parsing version segment: strconv.ParseUint: parsing "${overflow}": value out of range` }
  const [major = 0n, minor = 0n, patch = 0n] = numbers
  const [, , , prerelease = '', metadata = ''] = parts
  if (prerelease.split('.').some((part) => /^0\d+$/.test(part))) return { error: 'version segment starts with 0' }
  return { major, minor, patch, prerelease, metadata, original: text }
}

/** The version in its full form. */
export function versionText({ major, minor, patch, prerelease, metadata }: Version): string {
  return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`
}

/** Which of two versions is higher: -1, 0 or 1. Metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  return (
    order(a.major, b.major) ||
    order(a.minor, b.minor) ||
    order(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  )
}

function order<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A release is higher than what precedes it; parts that are numbers are lower than others. */
export function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const by = compareParts(left[i], right[i])
    if (by !== 0) return by
  }
  return 0
}

function compareParts(a = '', b = ''): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? -1 : 1
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber && isOtherNumber) return order(BigInt(a), BigInt(b))
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  return order(a, b)
}
