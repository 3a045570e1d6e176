import { builtins } from '../../../gotemplate/builtins.ts'
import type { Place, TemplateError } from '../../../gotemplate/error.ts'
import { parse } from '../../../gotemplate/parse.ts'
import { helmFunctions, injectorFunctions } from '../../../istio/injection/vocabulary.ts'
import { nearest } from '../../../problem.ts'
import { quote } from './rule.ts'
import { unknownNames } from './template-names.ts'

/** What is wrong at a place of a template's text. */
export interface TemplateMistake {
  readonly code: 'template-syntax' | 'template-function' | 'template-field' | 'unknown-template'
  /** Offset into the text. */
  readonly at: number
  /** Continues "the template must …". */
  readonly must: string
  readonly hint?: string | undefined
}

/** The name under which istiod parses each template: the one by which a template can call itself. */
const nameInIstiod = 'inject'

/** At most so many unknown functions are told of one template. */
const most = 20

/**
 * What is wrong with an injection template, as istiod would find out: a mistake in the language, functions that it
 * doesn't have, calls of templates that the text doesn't define (each one is parsed on its own), and, in one `forPods`,
 * names right below the data that are not in there, which end the injection of any pod that gets to them.
 */
export function templateMistakes(text: string, forPods: boolean): TemplateMistake[] {
  const known = Object.fromEntries([...injectorFunctions()].map((name) => [name, true]))
  const found: TemplateMistake[] = []
  while (found.length < most) {
    const parsed = parse(nameInIstiod, text, { functions: known })
    if ('template' in parsed) return [...found, ...unknownNames(parsed.template, forPods)].sort((a, b) => a.at - b.at)
    const { error } = parsed
    // What nests too deeply for us may be fine for istiod.
    if (error.kind === 'limit') break
    const [, name] = /^function "([^"]+)" not defined$/.exec(error.message) ?? []
    if (name === undefined) return [...found, syntaxMistake(error, text)]
    const at = offsetOf(error.at, text)
    const begun = openLine(text, at)
    found.push(unknownFunction(name, at, known, begun))
    if (begun !== undefined) break
    // Taken for known from here on, so that what comes behind it is found as well.
    known[name] = true
  }
  return found
}

/** The line on which the action at hand begins, if that is an earlier one: as a rule one that was never closed. */
function openLine(text: string, at: number): number | undefined {
  const before = text.slice(0, at)
  const begin = before.lastIndexOf('{{')
  if (begin < 0 || !before.includes('\n', begin) || before.includes('}}', begin)) return undefined
  return before.slice(0, begin).split('\n').length
}

function unknownFunction(name: string, at: number, known: object, begun: number | undefined): TemplateMistake {
  const [close] = nearest(name, [...Object.keys(known), ...Object.keys(builtins)])
  const isHelm = Object.hasOwn(helmFunctions, name)
  const instead = helmFunctions[name]
  return {
    code: 'template-function',
    at,
    must: `call functions that istiod has; ${quote(name)} is ${isHelm ? 'one of Helm' : 'none'}`,
    hint: begun !== undefined ? unclosed(begun) : isHelm ? instead : close && `did you mean \`${close}\`?`,
  }
}

/** What usually lies behind a mistake, by the words for it. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/^unexpected EOF/, 'is there an `{{ end }}` for each `if`, `range`, `with`, `define` and `block`?'],
  [/^unexpected \{\{(?:end|else)\}\}/, 'there is no `if`, `range`, `with`, `define` or `block` open here.'],
  [/^unclosed action/, 'close the action with `}}`.'],
  [/^unclosed comment/, 'close the comment with `*/}}`.'],
  [/^comment ends before/, 'a comment must be all that is in its action: `{{/* … */}}`.'],
  [/^undefined variable/, 'a variable is known from `{{ $name := … }}` to the end of the block around it.'],
]

function unclosed(line: number): string {
  return `is the action that begins on line ${line} of the template closed with \`}}\`?`
}

function syntaxMistake({ message, at: place }: TemplateError, text: string): TemplateMistake {
  const furthest = offsetOf(place, text)
  // An `end` or `else` too many is told when it has been read.
  const at = message.startsWith('unexpected {{') ? text.lastIndexOf('{{', furthest) : furthest
  const begun = openLine(text, at)
  return {
    code: 'template-syntax',
    at,
    must: `be a template of Go; ${message.replace(/ (?:in action )?started at \w+:\d+$/, '')}`,
    hint: begun !== undefined ? unclosed(begun) : causes.find(([words]) => words.test(message))?.[1],
  }
}

/** The offset of a place in a text. */
function offsetOf(place: Place | undefined, text: string): number {
  let start = 0
  for (let line = 1; line < (place?.line ?? 1); line++) start = text.indexOf('\n', start) + 1
  return start + (place?.column ?? 1) - 1
}
