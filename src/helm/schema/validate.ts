/**
 * JSON Schema, drafts 4 to 2020-12, as Helm applies it to values. Nothing is fetched: a schema refers to itself only.
 */

import { Integer } from '../../gotemplate/value.ts'
import { compileRegex } from '../../re2/regex.ts'
import { deepEqual } from '../value/kinds.ts'
import { isTable } from '../value/members.ts'
import { type Failure, quoted } from './failure.ts'
import { formats } from './formats.ts'

type Map = Readonly<Record<string, unknown>>
type Path = readonly string[]

/** A schema that cannot be used. */
export class SchemaError extends Error {}

/** What the values do not fit; nothing when they do. Throws a SchemaError for a schema that is none. */
export function validate(schema: unknown, value: unknown): readonly Failure[] {
  return apart(new Validator(schema).check(schema, plain(value), [], newSeen(), []))
}

/** Numbers of every kind as floats, which schemas don't tell apart. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Integer) return Number(value.value)
  if (Array.isArray(value)) return value.map(plain)
  if (!isTable(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

/** The members and items of a value that some schema has looked at. */
interface Seen {
  readonly names: Set<string>
  readonly items: Set<number>
}

function newSeen(): Seen {
  return { names: new Set(), items: new Set() }
}

const drafts: readonly (readonly [RegExp, number])[] = [
  [/draft-04/, 4],
  [/draft-06/, 6],
  [/draft-07/, 7],
  [/2019-09/, 2019],
  [/2020-12|json-schema\.org\/schema/, 2020],
]

/** References within each other without a step into the value; more would be a circle. */
const deepest = 200

class Validator {
  readonly root: unknown
  readonly draft: number
  readonly anchors = new globalThis.Map<string, unknown>()
  readonly patterns = new globalThis.Map<string, (text: string) => boolean>()

  constructor(root: unknown) {
    this.root = root
    const named = isTable(root) && typeof root.$schema === 'string' ? root.$schema : '2020-12'
    const draft = drafts.find(([form]) => form.test(named))?.[1]
    if (draft === undefined) throw new SchemaError(`the schema must be of a known draft; "${named}" is none`)
    this.draft = draft
    this.collectAnchors(root, 0)
  }

  collectAnchors(schema: unknown, depth: number) {
    if (depth > deepest) throw new SchemaError('the schema nests too deeply')
    if (Array.isArray(schema)) for (const item of schema) this.collectAnchors(item, depth + 1)
    if (!isTable(schema)) return
    for (const key of ['$anchor', '$dynamicAnchor'])
      if (typeof schema[key] === 'string') this.anchors.set(`#${schema[key]}`, schema)
    for (const key of ['$id', 'id']) if (typeof schema[key] === 'string') this.anchors.set(schema[key], schema)
    for (const member of Object.values(schema)) this.collectAnchors(member, depth + 1)
  }

  matches(pattern: unknown, text: string): boolean {
    const known = this.patterns.get(String(pattern))
    if (known) return known(text)
    const regex = compileRegex(String(pattern))
    if ('error' in regex) throw new SchemaError(`'${pattern}' is not valid regex: ${regex.error}`)
    const test = (text: string) => regex.find(text, 0) !== undefined
    this.patterns.set(String(pattern), test)
    return test(text)
  }

  /** The failures of a value; `seen` is told what was looked at, `circle` has the schemas being applied to it. */
  check(schema: unknown, value: unknown, at: Path, seen: Seen, circle: readonly unknown[]): readonly Failure[] {
    if (schema === true) return []
    if (schema === false) return [failure(at, 'false schema')]
    if (!isTable(schema)) throw new SchemaError('a schema must be an object or a boolean')
    if (circle.includes(schema)) return [failure(at, 'a reference leads back to itself')]
    if (circle.length > deepest) throw new SchemaError('references nest too deeply')
    const first = this.first(schema, value, at)
    if (first) return [first]
    const inner = [...circle, schema]
    const failures: Failure[] = []
    if (typeof schema.$ref === 'string') {
      const found = this.reference(schema.$ref, value, at, seen, inner)
      if (this.draft < 2019) return found
      failures.push(...found)
    }
    if (isTable(value)) failures.push(...this.object(schema, value, at, seen, inner))
    else if (Array.isArray(value)) failures.push(...this.list(schema, value, at, seen))
    else if (typeof value === 'string') failures.push(...this.text(schema, value, at))
    else if (typeof value === 'number') failures.push(...numeric(schema, value, at))
    for (const key of ['$dynamicRef', '$recursiveRef'])
      if (this.draft >= 2019 && typeof schema[key] === 'string')
        failures.push(...this.reference(schema[key], value, at, seen, inner))
    failures.push(...this.conditions(schema, value, at, seen, inner), ...this.unevaluated(schema, value, at, seen))
    return failures
  }

  /** What is told alone: the wrong type, another value than those that are allowed, the wrong format. */
  first(schema: Map, value: unknown, at: Path): Failure | undefined {
    const { type, enum: allowed, format } = schema
    if (type !== undefined) {
      const types = Array.isArray(type) ? type : [type]
      if (!types.some((wanted) => isOfType(value, wanted)))
        return failure(
          at,
          `got ${typeOfValue(value)}, want ${typeOrder.filter((known) => types.includes(known)).join(' or ')}`,
        )
    }
    if (this.draft >= 6 && Object.hasOwn(schema, 'const') && !deepEqual(value, schema.const))
      return failure(at, isScalar(schema.const) ? `value must be ${shown(schema.const)}` : "'const' failed")
    if (Array.isArray(allowed) && !allowed.some((item) => deepEqual(value, item))) {
      if (!allowed.every(isScalar)) return failure(at, "'enum' failed")
      const [only] = allowed
      return failure(
        at,
        allowed.length === 1 ? `value must be ${shown(only)}` : `value must be one of ${allowed.map(shown).join(', ')}`,
      )
    }
    // Later drafts take a format for a note.
    if (this.draft >= 2019 || typeof format !== 'string' || typeof value !== 'string') return undefined
    const test = Object.hasOwn(formats, format) ? formats[format] : undefined
    return test && !test(value) ? failure(at, `${shown(value)} is not valid ${format}`) : undefined
  }

  reference(reference: string, value: unknown, at: Path, seen: Seen, circle: readonly unknown[]): readonly Failure[] {
    if (reference.startsWith('urn:')) return []
    const causes = apart(this.check(this.resolved(reference), value, at, seen, circle))
    const message = `validation failed`
    return causes.length === 0 ? [] : causes.length === 1 ? causes : [{ at, message, causes, isReference: true }]
  }

  resolved(reference: string): unknown {
    const known = this.anchors.get(reference) ?? this.anchors.get(reference.replace(/#$/, ''))
    if (known !== undefined) return known
    const [base = '', pointer = ''] = reference.split('#')
    const start = base === '' ? this.root : this.anchors.get(base)
    if (start === undefined || (pointer !== '' && !pointer.startsWith('/')))
      throw new SchemaError(
        `the reference "${reference}" must lead to a place in the schema itself; nothing is fetched`,
      )
    let found = start
    for (const step of pointer.split('/').slice(1)) {
      const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
      const next = Array.isArray(found)
        ? found[Number(key)]
        : isTable(found) && Object.hasOwn(found, key)
          ? found[key]
          : undefined
      if (next === undefined) throw new SchemaError(`the reference "${reference}" must lead to a place in the schema`)
      found = next
    }
    return found
  }

  object(schema: Map, value: Map, at: Path, seen: Seen, circle: readonly unknown[]): Failure[] {
    const failures: Failure[] = []
    const names = Object.keys(value).sort()
    const count = names.length
    bound(
      schema.minProperties,
      (least) => count < least,
      (least) => `minProperties: got ${count}, want ${least}`,
    )
    bound(
      schema.maxProperties,
      (most) => count > most,
      (most) => `maxProperties: got ${count}, want ${most}`,
    )
    const missing = (wanted: unknown) =>
      Array.isArray(wanted) ? wanted.filter((name) => !Object.hasOwn(value, String(name))).map(String) : []
    const lacking = missing(schema.required)
    if (lacking.length > 0)
      failures.push(failure(at, `missing propert${lacking.length === 1 ? 'y' : 'ies'} ${listed(lacking)}`))
    for (const key of ['dependencies', 'dependentRequired', 'dependentSchemas']) {
      for (const [name, wanted] of Object.entries(isTable(schema[key]) ? schema[key] : {})) {
        if (!Object.hasOwn(value, name)) continue
        if (!Array.isArray(wanted)) failures.push(...this.within(wanted, value, at, seen, circle))
        else if (missing(wanted).length > 0)
          failures.push(failure(at, `properties ${listed(missing(wanted))} required, if ${quoted(name)} exists`))
      }
    }
    const additional: string[] = []
    for (const name of names) {
      const schemas = this.schemasOf(schema, name)
      if (schemas.length === 0 && schema.additionalProperties === false) additional.push(name)
      else if (schemas.length === 0 && schema.additionalProperties !== undefined)
        schemas.push(schema.additionalProperties)
      if (schemas.length > 0) seen.names.add(name)
      for (const inner of schemas) failures.push(...this.part(inner, value[name], [...at, name]))
    }
    if (additional.length > 0) failures.push(failure(at, `additional properties ${listed(additional)} not allowed`))
    if (this.draft >= 6 && schema.propertyNames !== undefined)
      for (const name of names) {
        const causes = apart(this.check(schema.propertyNames, name, [], newSeen(), []))
        if (causes.length > 0) failures.push({ at, message: `invalid propertyName ${quoted(name)}`, causes })
      }
    return failures

    function bound(limit: unknown, isWrong: (limit: number) => boolean, message: (limit: number) => string) {
      if (typeof limit === 'number' && isWrong(limit)) failures.push(failure(at, message(limit)))
    }
  }

  /** The schemas for a member by its name. */
  schemasOf(schema: Map, name: string): unknown[] {
    const schemas: unknown[] = []
    if (isTable(schema.properties) && Object.hasOwn(schema.properties, name)) schemas.push(schema.properties[name])
    for (const [pattern, inner] of Object.entries(isTable(schema.patternProperties) ? schema.patternProperties : {}))
      if (this.matches(pattern, name)) schemas.push(inner)
    return schemas
  }

  list(schema: Map, value: readonly unknown[], at: Path, seen: Seen): Failure[] {
    const failures: Failure[] = []
    const { length } = value
    const { minItems, maxItems, contains } = schema
    if (typeof minItems === 'number' && length < minItems)
      failures.push(failure(at, `minItems: got ${length}, want ${minItems}`))
    if (typeof maxItems === 'number' && length > maxItems)
      failures.push(failure(at, `maxItems: got ${length}, want ${maxItems}`))
    const [first, second] = schema.uniqueItems === true ? duplicates(value) : []
    if (first !== undefined) failures.push(failure(at, `items at ${first} and ${second} are equal`))
    const item = (inner: unknown, i: number) => {
      seen.items.add(i)
      failures.push(...this.part(inner, value[i], [...at, String(i)]))
    }
    const isNew = this.draft >= 2020
    const places = isNew ? schema.prefixItems : schema.items
    const others = isNew ? schema.items : Array.isArray(schema.items) ? schema.additionalItems : schema.items
    const fixed = Array.isArray(places) ? places : []
    for (let i = 0; i < Math.min(fixed.length, length); i++) item(fixed[i], i)
    if (!isNew && fixed.length > 0 && others === false) {
      if (length > fixed.length)
        failures.push(failure(at, `last ${length - fixed.length} additionalItem(s) not allowed`))
    } else if (others !== undefined && !Array.isArray(others))
      for (let i = fixed.length; i < length; i++) item(others, i)
    if (this.draft >= 6 && contains !== undefined) failures.push(...this.contained(schema, value, at, seen))
    return failures
  }

  contained(schema: Map, value: readonly unknown[], at: Path, seen: Seen): Failure[] {
    const { contains, minContains, maxContains } = schema
    const matched: number[] = []
    const causes: Failure[] = []
    for (const [i, item] of value.entries()) {
      const found = this.part(contains, item, [...at, String(i)])
      if (found.length > 0) causes.push(...found)
      else {
        matched.push(i)
        if (this.draft >= 2020) seen.items.add(i)
      }
    }
    const failures: Failure[] = []
    const places = matched.length === 0 ? 'none matched' : `matched ${matched.length} items at ${matched.join(' ')}`
    if (typeof minContains === 'number') {
      if (matched.length < minContains)
        failures.push({
          at,
          message: `min ${minContains} items required to match contains schema, but ${places}`,
          causes,
        })
    } else if (matched.length === 0) failures.push({ at, message: 'no items match contains schema', causes })
    if (typeof maxContains === 'number' && matched.length > maxContains)
      failures.push(failure(at, `max ${maxContains} items required to match contains schema, but ${places}`))
    return failures
  }

  text(schema: Map, value: string, at: Path): Failure[] {
    const failures: Failure[] = []
    const length = [...value].length
    const { minLength, maxLength, pattern } = schema
    if (typeof minLength === 'number' && length < minLength)
      failures.push(failure(at, `minLength: got ${length}, want ${minLength}`))
    if (typeof maxLength === 'number' && length > maxLength)
      failures.push(failure(at, `maxLength: got ${length}, want ${maxLength}`))
    if (pattern !== undefined && !this.matches(pattern, value))
      failures.push(failure(at, `${shown(value)} does not match pattern ${shown(pattern)}`))
    return failures
  }

  /** Applies a schema to a part of the value. */
  part(schema: unknown, value: unknown, at: Path): readonly Failure[] {
    return together(this.check(schema, value, at, newSeen(), []), at)
  }

  /** Applies a schema to the same value; only what fits counts as looked at. */
  within(schema: unknown, value: unknown, at: Path, seen: Seen, circle: readonly unknown[]): readonly Failure[] {
    const own = newSeen()
    const failures = together(this.check(schema, value, at, own, circle), at)
    if (failures.length === 0) {
      for (const name of own.names) seen.names.add(name)
      for (const item of own.items) seen.items.add(item)
    }
    return failures
  }

  conditions(schema: Map, value: unknown, at: Path, seen: Seen, circle: readonly unknown[]): Failure[] {
    const failures: Failure[] = []
    const apply = (inner: unknown) => this.within(inner, value, at, seen, circle)
    const { not, allOf, anyOf, oneOf } = schema
    if (not !== undefined && apply(not).length === 0) failures.push(failure(at, "'not' failed"))
    if (Array.isArray(allOf)) {
      const causes = allOf.flatMap(apply)
      if (causes.length > 0) failures.push({ at, message: "'allOf' failed", causes })
    }
    if (Array.isArray(anyOf)) {
      const all = anyOf.map(apply)
      if (all.every((causes) => causes.length > 0)) failures.push({ at, message: "'anyOf' failed", causes: all.flat() })
    }
    if (Array.isArray(oneOf)) {
      const all = oneOf.map(apply)
      const matched = all.flatMap((causes, i) => (causes.length === 0 ? [i] : []))
      if (matched.length === 0) failures.push({ at, message: "'oneOf' failed, none matched", causes: all.flat() })
      else if (matched.length > 1)
        failures.push(failure(at, `'oneOf' failed, subschemas ${matched[0]}, ${matched[1]} matched`))
    }
    if (this.draft >= 7 && schema.if !== undefined) {
      const branch = apply(schema.if).length === 0 ? schema.then : schema.else
      if (branch !== undefined) failures.push(...apply(branch))
    }
    return failures
  }

  unevaluated(schema: Map, value: unknown, at: Path, seen: Seen): Failure[] {
    if (this.draft < 2019) return []
    const failures: Failure[] = []
    const { unevaluatedProperties: forNames, unevaluatedItems: forItems } = schema
    if (isTable(value) && forNames !== undefined)
      for (const name of Object.keys(value).sort()) {
        if (seen.names.has(name)) continue
        seen.names.add(name)
        failures.push(...this.part(forNames, value[name], [...at, name]))
      }
    if (Array.isArray(value) && forItems !== undefined)
      for (const [i, item] of value.entries()) {
        if (seen.items.has(i)) continue
        seen.items.add(i)
        failures.push(...this.part(forItems, item, [...at, String(i)]))
      }
    return failures
  }
}

function failure(at: Path, message: string): Failure {
  return { at, message, causes: [] }
}

/** What one schema finds wrong, as one failure. */
function together(failures: readonly Failure[], at: Path): readonly Failure[] {
  return failures.length > 1 ? [{ at, message: 'validation failed', causes: failures, isGroup: true }] : failures
}

/** The failures of a schema that stands alone, where a single group is none. */
function apart(failures: readonly Failure[]): readonly Failure[] {
  const [first] = failures
  return failures.length === 1 && first?.isGroup ? first.causes : failures
}

function numeric(schema: Map, value: number, at: Path): Failure[] {
  const failures: Failure[] = []
  const bound = (key: string, isWrong: (limit: number) => boolean) => {
    const limit = schema[key]
    if (typeof limit === 'number' && isWrong(limit))
      failures.push(failure(at, `${key}: got ${grouped(value)}, want ${grouped(limit)}`))
  }
  // In draft 4 the exclusive bounds are notes on the others.
  const { exclusiveMinimum, exclusiveMaximum } = schema
  bound('minimum', (least) => (exclusiveMinimum === true ? value <= least : value < least))
  bound('maximum', (most) => (exclusiveMaximum === true ? value >= most : value > most))
  bound('exclusiveMinimum', (least) => value <= least)
  bound('exclusiveMaximum', (most) => value >= most)
  bound('multipleOf', (unit) => !isMultiple(value, unit))
  return failures
}

/** Decimal places don't lose: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, unit: number): boolean {
  const places = Math.max(...[value, unit].map((number) => Number(/\.(\d+)/.exec(String(number))?.[1]?.length ?? 0)))
  const scale = 10 ** places
  return Math.round(value * scale) % Math.round(unit * scale) === 0
}

/** A number as the messages print it, with commas between thousands. */
function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20 })
}

/** The order in which messages name types. */
const typeOrder = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object']

function isOfType(value: unknown, type: unknown): boolean {
  const own = typeOfValue(value)
  return own === type || (type === 'integer' && own === 'number' && Number.isInteger(value))
}

function typeOfValue(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : String(value ?? '<nil>')
}

function listed(names: readonly string[]): string {
  return names.map(quoted).join(', ')
}

/** The places of the first two equal items. */
function duplicates(value: readonly unknown[]): readonly [number, number] | readonly [] {
  const known = new globalThis.Map<string, number>()
  for (const [i, item] of value.entries()) {
    const text = canonical(item)
    const before = known.get(text)
    if (before !== undefined) return [before, i]
    known.set(text, i)
  }
  return []
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isTable(value)) return JSON.stringify(value)
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join()}}`
}
