/** Functions on semantic versions. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { Integer, typed, typeOf } from '../../gotemplate/value.ts'
import { parseConstraint, satisfies } from '../semver/constraint.ts'
import { compareVersions, parseVersion, type Version, versionText } from '../semver/version.ts'
import type { EncodedType } from '../text/plain.ts'
import type { ClosedType } from '../value/kinds.ts'

export const versionFunctions: Readonly<Record<string, Signature>> = {
  semver: { parameters: ['string'], call: (text: string) => versionValue(versionOf(text), '*') },
  semverCompare: {
    parameters: ['string', 'string'],
    call(condition: string, text: string) {
      const constraint = parseConstraint(condition)
      if ('error' in constraint) throw new FunctionError(constraint.error)
      return satisfies(constraint, versionOf(text))
    },
  },
}

function versionOf(text: string): Version {
  const version = parseVersion(text)
  if ('error' in version) throw new FunctionError(version.error)
  return version
}

interface VersionType extends EncodedType, ClosedType {
  readonly version: Version
}

/** A version as a template sees it. */
function versionValue(version: Version, pointer: '*' | ''): object {
  const get = (call: () => unknown): Signature => ({ parameters: [], call })
  const against = (call: (by: number) => unknown): Signature => ({
    parameters: ['any'],
    call: (other: unknown) => call(compareVersions(version, argument(other))),
  })
  const unsigned = (value: bigint) => new Integer('uint64', value)
  const next = (change: Partial<Version>) => {
    const raised = { ...version, prerelease: '', metadata: '', ...change }
    const prefix = version.original.startsWith('v') ? 'v' : ''
    return versionValue({ ...raised, original: prefix + versionText(raised) }, '')
  }
  const { major, minor, patch } = version
  const type: VersionType = {
    name: `${pointer}semver.Version`,
    struct: true,
    text: versionText(version),
    json: versionText(version),
    version,
    contents: version,
    methods: {
      Major: get(() => unsigned(major)),
      Minor: get(() => unsigned(minor)),
      Patch: get(() => unsigned(patch)),
      Prerelease: get(() => version.prerelease),
      Metadata: get(() => version.metadata),
      Original: get(() => version.original),
      String: get(() => versionText(version)),
      Compare: against(BigInt),
      Equal: against((by) => by === 0),
      LessThan: against((by) => by < 0),
      LessThanEqual: against((by) => by <= 0),
      GreaterThan: against((by) => by > 0),
      GreaterThanEqual: against((by) => by >= 0),
      IncMajor: get(() => next({ major: major + 1n, minor: 0n, patch: 0n })),
      IncMinor: get(() => next({ minor: minor + 1n, patch: 0n })),
      IncPatch: get(() => next({ patch: version.prerelease === '' ? patch + 1n : patch })),
    },
  }
  return typed({}, type)
}

function argument(value: unknown): Version {
  const type = typeof value === 'object' && value !== null ? typeOf(value) : undefined
  if (type && 'version' in type) return (type as VersionType).version
  throw new FunctionError('wrong type for value; expected *semver.Version')
}
