/** Functions with regular expressions in RE2's syntax. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { joined } from '../../gotemplate/utf8.ts'
import type { Match, Regex } from '../../re2/regex.ts'
import { compileRegex } from '../../re2/regex.ts' // on demand
import { expanded, findAll, replaceAll, splitBy } from '../../re2/replace.ts' // on demand
import type { Budget } from '../budget.ts'
import { nilTexts, texts } from '../value/lists.ts'

/** A regular expression, or Go's sentence on what is wrong with the pattern. */
type Compiled = Regex | { readonly error: string }

/** The functions; patterns are compiled once for all of an execution. */
export function regexFunctions(budget: Budget): Readonly<Record<string, Signature>> {
  const known = new Map<string, Compiled>()
  const compiled = (pattern: string) => {
    const found = known.get(pattern) ?? compileRegex(pattern, budget.steps)
    known.set(pattern, found)
    return found
  }
  /** The expression or an error, which without `must` is the text of a panic. */
  const regex = (pattern: string, must: boolean) => {
    const found = compiled(pattern)
    if (!('error' in found)) return found
    const shown = pattern.includes('`') ? JSON.stringify(pattern) : `\`${pattern}\``
    throw new FunctionError(must ? found.error : `regexp: Compile(${shown}): ${found.error}`)
  }
  const both = (name: string, parameters: readonly ('string' | 'int')[], call: (...args: never[]) => unknown) => {
    const of = (must: boolean): Signature => ({
      parameters: ['string', ...parameters],
      call: (pattern: string, ...args) => (call as (...args: unknown[]) => unknown)(regex(pattern, must), ...args),
    })
    return { [name]: of(false), [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`]: of(true) }
  }
  return {
    ...both('regexMatch', ['string'], ({ find }: Regex, text: string) => find(text, 0) !== undefined),
    regexMatch: {
      parameters: ['string', 'string'],
      call(pattern: string, text: string) {
        const found = compiled(pattern)
        return !('error' in found) && found.find(text, 0) !== undefined
      },
    },
    ...both('regexFind', ['string'], ({ find }: Regex, text: string) => matched(text, find(text, 0))),
    ...both('regexFindAll', ['string', 'int'], (regex: Regex, text: string, most: bigint) => {
      const found = findAll(regex, text, Number(most))
      return found.length === 0 ? nilTexts() : texts(found.map((match) => matched(text, match)))
    }),
    ...both('regexReplaceAll', ['string', 'string'], (regex: Regex, text: string, by: string) =>
      replaced(regex, text, budget, by.includes('$') ? (match) => expanded(by, regex, text, match) : () => by),
    ),
    ...both('regexReplaceAllLiteral', ['string', 'string'], (regex: Regex, text: string, by: string) =>
      replaced(regex, text, budget, () => by),
    ),
    ...both('regexSplit', ['string', 'int'], (regex: Regex, text: string, most: bigint) => {
      const parts = splitBy(regex, text, Number(most))
      return parts === undefined ? nilTexts() : texts(parts)
    }),
    regexQuoteMeta: {
      parameters: ['string'],
      call: (text: string) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
    },
  }
}

function matched(text: string, match: Match | undefined): string {
  return match === undefined ? '' : text.slice(match[0], match[1])
}

function replaced(regex: Regex, text: string, budget: Budget, by: (match: Match) => string): string {
  let length = text.length
  return joined(
    replaceAll(regex, text, (match) => {
      const part = by(match)
      length += part.length
      budget.text(length)
      return part
    }),
  )
}
