/** What a chart says of itself in `Chart.yaml`. */

import { characterMatches, quote } from '../../gotemplate/quote.ts'
import { typed } from '../../gotemplate/value.ts'
import { ChartError } from '../failed.ts'
import { parseVersion } from '../semver/version.ts'
import { isSpace } from '../sprig/characters.ts'

/** A chart that another one needs. */
export interface Dependency {
  readonly name: string
  readonly version: string
  readonly repository: string
  readonly condition: string
  readonly tags: readonly string[]
  readonly enabled: boolean
  readonly importValues: readonly unknown[]
  readonly alias: string
}

export interface Maintainer {
  readonly name: string
  readonly email: string
  readonly url: string
}

export interface Metadata {
  readonly name: string
  readonly home: string
  readonly sources: readonly string[]
  readonly version: string
  readonly description: string
  readonly keywords: readonly string[]
  readonly maintainers: readonly Maintainer[]
  readonly icon: string
  readonly apiVersion: string
  readonly condition: string
  readonly tags: string
  readonly appVersion: string
  readonly deprecated: boolean
  readonly annotations: Readonly<Record<string, string>> | undefined
  readonly kubeVersion: string
  readonly dependencies: readonly Dependency[] | undefined
  readonly type: string
}

const none: Metadata = {
  name: '',
  home: '',
  sources: [],
  version: '',
  description: '',
  keywords: [],
  maintainers: [],
  icon: '',
  apiVersion: '',
  condition: '',
  tags: '',
  appVersion: '',
  deprecated: false,
  annotations: undefined,
  kubeVersion: '',
  dependencies: undefined,
  type: '',
}

/** How a field's value is taken; throws a ChartError for one of another type. */
type Take = (value: unknown, path: string) => unknown

const text: Take = (value, path) => {
  switch (typeof value) {
    case 'string':
      return value
    // Without quotes, a version is often a number: it is taken as it is printed.
    case 'number':
      return Number.isInteger(value) ? String(BigInt(value)) : shortened(value)
    case 'boolean':
      return String(value)
    default:
      return mismatch(value, path, 'string')
  }
}

const listOf =
  (take: Take, type: string): Take =>
  (value, path) =>
    Array.isArray(value) ? value.map((item) => take(item, path)) : mismatch(value, path, type)

const texts = listOf((value, path) => (value === null ? '' : text(value, path)), '[]string')
const flag: Take = (value, path) => (typeof value === 'boolean' ? value : mismatch(value, path, 'bool'))
const anything: Take = (value, path) => (Array.isArray(value) ? value : mismatch(value, path, '[]interface {}'))
const textMap: Take = (value, path) =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === null ? '' : text(item, path)]))
    : mismatch(value, path, 'map[string]string')

const maintainerFields: Readonly<Record<string, Take>> = { name: text, email: text, url: text }

const dependencyFields: Readonly<Record<string, Take>> = {
  name: text,
  version: text,
  repository: text,
  condition: text,
  tags: texts,
  enabled: flag,
  'import-values': anything,
  alias: text,
}

const structOf =
  (fields: Readonly<Record<string, Take>>, type: string, base: object): Take =>
  (value, path) =>
    value === null ? null : isObject(value) ? struct(value, fields, base, type) : mismatch(value, path, `v2.${type}`)

const noDependency = {
  name: '',
  version: '',
  repository: '',
  condition: '',
  tags: [],
  enabled: false,
  importValues: [],
  alias: '',
}

const fields: Readonly<Record<string, Take>> = {
  name: text,
  home: text,
  sources: texts,
  version: text,
  description: text,
  keywords: texts,
  maintainers: listOf(structOf(maintainerFields, 'Maintainer', { name: '', email: '', url: '' }), '[]*v2.Maintainer'),
  icon: text,
  apiVersion: text,
  condition: text,
  tags: text,
  appVersion: text,
  deprecated: flag,
  annotations: textMap,
  kubeVersion: text,
  dependencies: listOf(structOf(dependencyFields, 'Dependency', noDependency), '[]*v2.Dependency'),
  type: text,
}

/**
 * The metadata that a document of `Chart.yaml`, or one of `requirements.yaml` over it, holds. Fields are found in any
 * case, as Go does it. Throws a ChartError for a value of another type.
 */
export function readMetadata(value: unknown, base: Metadata = none): Metadata {
  if (value === null) return base
  if (!isObject(value)) throw new ChartError(unmarshalError(value, 'value of type v2.Metadata'))
  return struct(value, fields, base, 'Metadata') as unknown as Metadata
}

function struct(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Take>>,
  base: object,
  type: string,
): object {
  const result: Record<string, unknown> = { ...base }
  for (const [key, item] of Object.entries(value)) {
    const name = Object.hasOwn(fields, key)
      ? key
      : Object.keys(fields).find((known) => known.toLowerCase() === key.toLowerCase())
    const take = name === undefined ? undefined : fields[name]
    if (name === undefined || take === undefined || item === null) continue
    result[name === 'import-values' ? 'importValues' : name] = take(item, `${type}.${name}`)
  }
  return result
}

function mismatch(value: unknown, path: string, type: string): never {
  throw new ChartError(unmarshalError(value, `struct field ${path} of type ${type}`))
}

/** Go's sentence for YAML of another type than the one that is wanted. */
export function unmarshalError(value: unknown, wanted: string): string {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  return `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kind} into Go ${wanted}`
}

function shortened(value: number): string {
  const single = Math.fround(value)
  let digits = 1
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++
  return String(Number(single.toPrecision(digits)))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Checks the metadata as Helm does when it loads a chart, and cleans its texts of what can't be printed. */
export function validated(metadata: Metadata): Metadata {
  const clean: Metadata = {
    ...metadata,
    name: printable(metadata.name),
    description: printable(metadata.description),
    home: printable(metadata.home),
    icon: printable(metadata.icon),
    condition: printable(metadata.condition),
    tags: printable(metadata.tags),
    appVersion: printable(metadata.appVersion),
    kubeVersion: printable(metadata.kubeVersion),
    sources: metadata.sources.map(printable),
    keywords: metadata.keywords.map(printable),
  }
  const { name, version, type } = clean
  if (clean.apiVersion === '') invalid('chart.metadata.apiVersion is required')
  if (name === '') invalid('chart.metadata.name is required')
  if (name === '.' || name === '..') invalid(`chart.metadata.name ${quote(name)} is not allowed`)
  if (name.includes('/')) invalid(`chart.metadata.name ${quote(name)} is invalid`)
  if (version === '') invalid('chart.metadata.version is required')
  if ('error' in parseVersion(version)) invalid(`chart.metadata.version ${quote(version)} is invalid`)
  if (!['', 'application', 'library'].includes(type)) invalid('chart.metadata.type must be application or library')
  if (metadata.maintainers.some((maintainer) => maintainer === null))
    invalid('maintainers must not contain empty or null nodes')
  return { ...clean, dependencies: metadata.dependencies && validatedDependencies(metadata.dependencies) }
}

function validatedDependencies(dependencies: readonly (Dependency | null)[]): Dependency[] {
  const known = new Set<string>()
  return dependencies.map((dependency) => {
    if (dependency === null) return invalid('dependencies must not contain empty or null nodes')
    const clean = {
      ...dependency,
      name: printable(dependency.name),
      version: printable(dependency.version),
      repository: printable(dependency.repository),
      condition: printable(dependency.condition),
      tags: dependency.tags.map(printable),
    }
    if (clean.alias !== '' && !/^[\w-]+$/.test(clean.alias))
      invalid(`dependency ${quote(clean.name)} has disallowed characters in the alias`)
    const key = clean.alias || clean.name
    if (known.has(key)) invalid(`more than one dependency with name or alias ${quote(key)}`)
    known.add(key)
    return clean
  })
}

function invalid(message: string): never {
  throw new ChartError(`validation: ${message}`)
}

/** A text with blanks for other white space and without characters that can't be printed. */
function printable(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return Array.from(text, (character) => (isSpace(character) ? ' ' : isPrint(character) ? character : '')).join('')
}

function isPrint(character: string): boolean {
  if (character < '\x7f') return character >= ' '
  return characterMatches('^[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]', character)
}

/** What `.Chart` is to templates. */
export function chartValue(metadata: Metadata, isRoot: boolean): Record<string, unknown> {
  const { annotations } = metadata
  return {
    Name: metadata.name,
    Home: metadata.home,
    Sources: [...metadata.sources],
    Version: metadata.version,
    Description: metadata.description,
    Keywords: [...metadata.keywords],
    Maintainers: metadata.maintainers.map(({ name, email, url }) => ({ Name: name, Email: email, URL: url })),
    Icon: metadata.icon,
    APIVersion: metadata.apiVersion,
    Condition: metadata.condition,
    Tags: metadata.tags,
    AppVersion: metadata.appVersion,
    Deprecated: metadata.deprecated,
    Annotations: typed({ ...annotations }, annotations ? annotationsType : noAnnotationsType),
    KubeVersion: metadata.kubeVersion,
    Dependencies: (metadata.dependencies ?? []).map((dependency) => ({
      Name: dependency.name,
      Version: dependency.version,
      Repository: dependency.repository,
      Condition: dependency.condition,
      Tags: [...dependency.tags],
      Enabled: dependency.enabled,
      ImportValues: [...dependency.importValues],
      Alias: dependency.alias,
    })),
    Type: metadata.type,
    IsRoot: isRoot,
  }
}

const annotationsType = { name: 'map[string]string', zero: '' }
const noAnnotationsType = { ...annotationsType, json: null }
