/** Helm's functions that write and read YAML, JSON and TOML. What cannot be read gives Go's error as the result. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { typed } from '../../gotemplate/value.ts'
import { toGoYaml } from '../../yaml/go-yaml.ts'
import { failing, jsonFunction } from '../sprig/json.ts'
import { fromJson } from '../text/from-json.ts' // on demand
import { fromToml } from '../text/from-toml.ts' // on demand
import { plainValue, Unsupported } from '../text/plain.ts'
import { toPrettyYaml } from '../text/pretty-yaml.ts' // on demand
import { toToml } from '../text/toml.ts' // on demand
import { jsonMismatch, jsonTypeError, readYaml } from '../text/yaml.ts'
import { timeValue } from '../time/time-value.ts' // on demand
import { nilList } from '../value/lists.ts'

/**
 * The YAML of a value without the newline at its end, as Helm writes it into templates. Throws `Unsupported` for texts with
 * characters that Go's reader of YAML refuses, because Helm has it read the value as JSON on the way.
 */
export function yamlText(value: unknown): string {
  const plain = plainValue(value)
  const yaml = toGoYaml(plain)
  // They stand in it as escapes, which texts can also hold as such.
  if (/\\(?:x7F|x[89]|uFFF[EF])/.test(yaml) && refused.test(JSON.stringify(plain, withoutBigInts)))
    throw new Unsupported('yaml: control characters are not allowed')
  return withoutNewline(yaml)
}

const refused = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/

function withoutBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? 0 : value
}

/** As `yamlText`, and nothing where that throws. */
export function yamlOrNothing(value: unknown): string {
  try {
    return yamlText(value)
  } catch (thrown) {
    if (thrown instanceof Unsupported) return ''
    throw thrown
  }
}

function withoutNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

const writer = (write: (value: unknown) => string, otherwise: (why: string) => string): Signature => ({
  parameters: ['any'],
  deep: true,
  call(value: unknown) {
    try {
      return write(value)
    } catch (thrown) {
      if (thrown instanceof Unsupported) return otherwise(thrown.message)
      throw thrown
    }
  },
})

const nothing = () => ''
const reader = (read: (text: string) => unknown): Signature => ({ parameters: ['string'], call: read })

export const conversionFunctions: Readonly<Record<string, Signature>> = {
  toYaml: writer(yamlText, nothing),
  mustToYaml: writer(yamlText, failing),
  toYamlPretty: writer((value) => withoutNewline(toPrettyYaml(value)), nothing),
  fromYaml: reader(yamlMap),
  fromYamlArray: reader(yamlList),
  toJson: jsonFunction({}, nothing),
  mustToJson: jsonFunction({}, failing),
  fromJson: reader(jsonMap),
  fromJsonArray: reader(jsonList),
  toToml: writer(tomlText, (why) => why),
  mustToToml: writer(tomlText, failing),
  fromToml: reader(tomlMap),
}

function tomlText(value: unknown): string {
  if (value === null || value === undefined)
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  return toToml(value)
}

const mapType = 'value of type map[string]interface {}'
const listType = 'value of type []interface {}'

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A map that is nil, as nothing is when it is read as a map. */
function nilMap(): object {
  return typed({}, { name: 'map[string]interface {}', json: null } as { name: string })
}

function yamlMap(text: string): unknown {
  const read = readYaml(text)
  if ('problem' in read) return { Error: read.text }
  if (read.value === null) return {}
  return isPlainMap(read.value) ? read.value : { Error: jsonTypeError(read.value, mapType) }
}

function yamlList(text: string): unknown {
  const read = readYaml(text)
  if ('problem' in read) return [read.text]
  if (read.value === null) return []
  return Array.isArray(read.value) ? read.value : [jsonTypeError(read.value, listType)]
}

function jsonMap(text: string): unknown {
  const read = fromJson(text)
  if ('error' in read) return { Error: read.error }
  if (read.value === null) return nilMap()
  return isPlainMap(read.value) ? read.value : { Error: jsonMismatch(read.value, mapType) }
}

function jsonList(text: string): unknown {
  const read = fromJson(text)
  if ('error' in read) return [read.error]
  if (read.value === null) return nilList()
  return Array.isArray(read.value) ? read.value : [jsonMismatch(read.value, listType)]
}

function tomlMap(text: string): unknown {
  const read = fromToml(text, { time: timeValue })
  return 'error' in read ? { Error: read.error } : read.value
}
