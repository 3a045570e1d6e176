/**
 * What the compiled validators share: each of them is a function that ajv printed, which hands its part of the document
 * to one of these with a table of the validators of what is inside. So the code of a type is little more than the names
 * of its fields.
 */
import { isMap } from '../../k8s/object.ts'

/** A mistake, by its place: what is wrong with it is told from the schema's source, which a run without any never opens. */
export interface Finding {
  /** JSON pointer of the value that holds the mistake. */
  readonly instancePath: string
  /**
   * `value`: it is not what it must be. Of its member `field`: `unknown`, `case` (known in another case), `alias`
   * (another name that only the decoder knows), `key` (not the form of a key), `exclusive` (one too many), `missing`.
   */
  readonly keyword: 'value' | 'unknown' | 'case' | 'alias' | 'key' | 'exclusive' | 'missing'
  readonly field?: string
}

type Findings = Finding[] | null

/** What is wrong with a value that stands at the path; null when nothing is. */
export type Check = (value: unknown, instancePath: string) => Findings

/** What a field holds: what a validator says, a list or a map of that, or (0) anything. */
export type Held = Check | 0 | readonly [Held] | { readonly of: Held; readonly keys?: Check }

/** What the fields of a type hold, by name. */
export type Table = { readonly [field: string]: Held }

/** What else fields are called, and what holds among them. */
export interface Options {
  readonly aliases?: { readonly [alias: string]: string }
  readonly exclusive?: readonly (readonly string[])[]
  readonly required?: readonly string[]
}

/** How the names of fields are matched other than exactly. */
export type OtherMatching = 'snake' | 'fold' | undefined

/** What is wrong with an object of known fields. */
export function members(
  data: unknown,
  path: string,
  table: Table,
  matching?: OtherMatching,
  options: Options = {},
): Findings {
  if (!isMap(data)) return wrong(path)
  const found: Finding[] = []
  for (const key of Object.keys(data)) {
    const name = Object.hasOwn(table, key) ? key : otherName(key, table, matching, options.aliases ?? {}, path, found)
    if (name !== undefined) inspect(data[key], table[name], `${path}/${pointer(key)}`, found)
  }
  for (const group of options.exclusive ?? []) {
    const [, ...more] = Object.keys(data).filter((key) => group.includes(key) && isGiven(data[key]))
    for (const field of more) found.push({ instancePath: path, keyword: 'exclusive', field })
  }
  for (const field of options.required ?? []) {
    if (!isGiven(data[field])) found.push({ instancePath: path, keyword: 'missing', field })
  }
  return found.length > 0 ? found : null
}

/** The finding of a value that isn't what it must be. */
export function wrong(instancePath: string): Finding[] {
  return [{ instancePath, keyword: 'value' }]
}

/** Adds what is wrong with a value. Null leaves a field unset, and so is fine anywhere but in a list. */
export function inspect(value: unknown, held: Held | undefined, instancePath: string, found: Finding[]): void {
  if (!held || value === null) return
  if (typeof held === 'function') found.push(...(held(value, instancePath) ?? []))
  else if (isList(held)) inspectItems(value, held[0], instancePath, found)
  else inspectEntries(value, held.of, held.keys, instancePath, found)
}

function inspectItems(value: unknown, held: Held, path: string, found: Finding[]): void {
  if (!Array.isArray(value)) found.push(...wrong(path))
  else {
    value.forEach((item, index) => {
      if (item === null && held !== 0) found.push(...wrong(`${path}/${index}`))
      else inspect(item, held, `${path}/${index}`, found)
    })
  }
}

function inspectEntries(value: unknown, held: Held, keys: Check | undefined, path: string, found: Finding[]): void {
  if (!isMap(value)) found.push(...wrong(path))
  else {
    for (const [key, inner] of Object.entries(value)) {
      if (keys?.(key, '')) found.push({ instancePath: path, keyword: 'key', field: key })
      inspect(inner, held, `${path}/${pointer(key)}`, found)
    }
  }
}

function isList(held: Exclude<Held, Check | 0>): held is readonly [Held] {
  return Array.isArray(held)
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** The field that is meant by a key which isn't its name; what is wrong with that is added to what was found. */
function otherName(
  key: string,
  table: Table,
  matching: OtherMatching,
  aliases: { readonly [alias: string]: string },
  path: string,
  found: Finding[],
): string | undefined {
  if (Object.hasOwn(aliases, key)) {
    if (matching !== 'snake') found.push({ instancePath: path, keyword: 'alias', field: key })
    return aliases[key]
  }
  if (matching === 'snake' && key.includes('_') && key === key.toLowerCase()) {
    const camel = key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    if (Object.hasOwn(table, camel)) return camel
  }
  const folded = matching === 'fold' ? Object.keys(table).find((name) => sameLetters(name, key)) : undefined
  found.push({ instancePath: path, keyword: folded === undefined ? 'unknown' : 'case', field: key })
  return folded
}

/** Whether Go's JSON decoder takes one name for the other. */
function sameLetters(name: string, key: string): boolean {
  return name.length === key.length && name.toLowerCase() === key.toLowerCase()
}

function pointer(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}
