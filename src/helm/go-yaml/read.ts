import { maxParsed } from '../../yaml/limits.ts'
import { Parser } from './parser.ts'
import { YamlFault } from './source.ts'
import { dataOf } from './values.ts'

const strange = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * What goyaml.v2, which reads for Helm, makes of the first document of `text`: its value, null when there is none; or the
 * sentence in which it tells what is wrong (`yaml: line 3: did not find expected key`, and the like).
 *
 * Charts print the sentence where they use `fromYaml` on what is no YAML, so it has to be the same to the letter.
 */
export function readFirst(text: string): { readonly value: unknown } | { readonly fault: string } {
  if (text.length > maxParsed)
    return { fault: `yaml: input that is not plain block style or JSON must have at most ${maxParsed >> 20} MiB` }
  try {
    if (strange.test(text.replace(/^\ufeff/, ''))) throw new YamlFault('yaml: control characters are not allowed')
    const root = new Parser(text).document()
    return { value: root === undefined ? null : dataOf(root) }
  } catch (fault) {
    if (fault instanceof YamlFault) return { fault: fault.message }
    throw fault
  }
}
