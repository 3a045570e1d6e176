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

/** A validator as ajv prints it: it leaves what it found on itself. */
export interface Check {
  (value: unknown, at: { readonly instancePath: string }): boolean
  errors?: Findings | undefined
}

/** Validators by the name of a field; 0 for a field that may hold anything. */
export type Table = { readonly [field: string]: Check | 0 }

/** How the names of fields are matched, what else they are called, and what holds among them. */
export interface Options {
  readonly matching?: 'snake' | 'fold'
  readonly aliases?: { readonly [alias: string]: string }
  readonly exclusive?: readonly (readonly string[])[]
  readonly required?: readonly string[]
}

/** What is wrong with an object of known fields. */
export function members(data: unknown, path: string, table: Table, options: Options = {}): Findings {
  if (data === null) return null
  if (!isMap(data)) return wrong(path)
  const found: Finding[] = []
  for (const key of Object.keys(data)) {
    const name = Object.hasOwn(table, key) ? key : otherName(key, table, options, path, found)
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

/** What is wrong with a list, all of whose items look alike. */
export function items(data: unknown, path: string, check: Check | 0): Findings {
  if (!Array.isArray(data)) return wrong(path)
  const found: Finding[] = []
  data.forEach((item, index) => {
    if (item === null && check !== 0) found.push({ instancePath: `${path}/${index}`, keyword: 'value' })
    else inspect(item, check, `${path}/${index}`, found)
  })
  return found.length > 0 ? found : null
}

/** What is wrong with a map, all of whose values and all of whose keys look alike. */
export function entries(data: unknown, path: string, check: Check | 0, keys: Check | 0): Findings {
  if (!isMap(data)) return wrong(path)
  const found: Finding[] = []
  for (const key of Object.keys(data)) {
    if (keys !== 0 && !keys(key, { instancePath: '' })) found.push({ instancePath: path, keyword: 'key', field: key })
    inspect(data[key], check, `${path}/${pointer(key)}`, found)
  }
  return found.length > 0 ? found : null
}

/** The finding of a value that isn't what it must be. */
export function wrong(instancePath: string): Finding[] {
  return [{ instancePath, keyword: 'value' }]
}

/** Null leaves a field unset. */
function inspect(value: unknown, check: Check | 0 | undefined, instancePath: string, found: Finding[]): void {
  if (check && value !== null && !check(value, { instancePath })) found.push(...(check.errors ?? []))
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** The field that is meant by a key which isn't its name; what is wrong with that is added to what was found. */
function otherName(key: string, table: Table, { matching, aliases = {} }: Options, path: string, found: Finding[]) {
  const add = (keyword: Finding['keyword']) => found.push({ instancePath: path, keyword, field: key })
  if (Object.hasOwn(aliases, key)) {
    if (matching !== 'snake') add('alias')
    return aliases[key]
  }
  if (matching === 'snake' && key.includes('_') && key === key.toLowerCase()) {
    const camel = key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    if (Object.hasOwn(table, camel)) return camel
  }
  const folded = matching === 'fold' ? Object.keys(table).find((name) => sameLetters(name, key)) : undefined
  add(folded === undefined ? 'unknown' : 'case')
  return folded
}

/** Whether Go's JSON decoder takes one name for the other. */
function sameLetters(name: string, key: string): boolean {
  return name.length === key.length && name.toLowerCase() === key.toLowerCase()
}

function pointer(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}
