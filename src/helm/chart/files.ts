/** `.Files`: what a chart holds beside its templates, as templates see it. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { textOf } from '../../gotemplate/utf8.ts'
import { compareText, type GoType, typed } from '../../gotemplate/value.ts'
import { yamlOrNothing } from '../functions/conversions.ts'
import { base64, encoded } from '../sprig/encoding.ts'
import { base } from '../sprig/paths.ts'
import { bytesType, bytesValue } from '../value/cast.ts'
import { texts } from '../value/lists.ts'
import type { ChartFile } from './chart.ts'
import { compileGlob } from './glob.ts' // on demand

/** Patterns are matched by recursion. */
const longestGlob = 500

/** A map from names to bytes with the methods that Helm gives it. The bytes are made when a template asks for them. */
export function filesValue(files: readonly ChartFile[]): object {
  const byName = new Map(files.map((file) => [file.name, file.data]))
  const onName = (call: (name: string) => unknown): Signature => ({ parameters: ['string'], call })
  const content = (name: string) => textOf(byName.get(name) ?? [])
  const flat = (text: (data: Uint8Array) => string) => {
    const sorted = [...byName].sort(([a], [b]) => compareText(a, b))
    return yamlOrNothing(Object.fromEntries(sorted.map(([name, data]) => [base(name), text(data)])))
  }
  const methods: GoType['methods'] = {
    Get: onName(content),
    GetBytes: onName((name) => bytesValue(byName.get(name) ?? new Uint8Array())),
    Lines: onName((name) => texts(content(name) === '' ? [] : content(name).replace(/\n$/, '').split('\n'))),
    Glob: onName((pattern) => {
      if (pattern.length > longestGlob) throw new FunctionError(`a pattern is longer than ${longestGlob} characters`)
      const glob = compileGlob(pattern) ?? (() => true)
      return filesValue(files.filter(({ name }) => glob(name)))
    }),
    AsConfig: { parameters: [], call: () => flat(textOf) },
    AsSecrets: { parameters: [], call: () => flat((data) => encoded(data, base64)) },
  }
  const value = typed({}, { name: 'engine.files', zero: typed([], bytesType), methods })
  for (const [name, data] of byName)
    Object.defineProperty(value, name, { get: () => bytesValue(data), enumerable: true, configurable: true })
  return value
}
