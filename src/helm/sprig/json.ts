/** JSON functions that sprig has and Helm keeps. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { joined } from '../../gotemplate/utf8.ts'
import { fromJson } from '../text/from-json.ts' // on demand
import { type JsonStyle, toJson } from '../text/json.ts'
import { plainValue, Unsupported } from '../text/plain.ts'

/** A function that gives the JSON of its argument; without one, `otherwise` says what it gives. */
export function jsonFunction(style: JsonStyle, otherwise: (why: string) => string): Signature {
  return {
    parameters: ['any'],
    deep: true,
    call(value: unknown) {
      try {
        return toJson(plainValue(value, joined), style)
      } catch (thrown) {
        if (thrown instanceof Unsupported) return otherwise(thrown.message)
        throw thrown
      }
    },
  }
}

/** Fails with Go's words. */
export function failing(why: string): never {
  throw new FunctionError(why)
}

const nothing = () => ''

export const jsonFunctions: Readonly<Record<string, Signature>> = {
  toPrettyJson: jsonFunction({ indent: 2 }, nothing),
  mustToPrettyJson: jsonFunction({ indent: 2 }, failing),
  toRawJson: jsonFunction({ raw: true }, failing),
  mustToRawJson: jsonFunction({ raw: true }, failing),
  mustFromJson: {
    parameters: ['string'],
    call(text: string) {
      const decoded = fromJson(text)
      return 'error' in decoded ? failing(decoded.error) : decoded.value
    },
  },
}
