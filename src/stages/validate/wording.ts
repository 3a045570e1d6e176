import { type Form, formOf } from '../../k8s/forms.ts'
import type { Shape, TypeSource } from '../../k8s/json-schema.ts'
import { row } from '../../k8s/object.ts'
import { nearest } from '../../problem.ts'

/** What is wrong with a value: the code of the problem, what "must …" says, and what to do. */
export interface Wording {
  readonly code: 'wrong-type' | 'wrong-format' | 'out-of-range' | 'not-allowed-value'
  readonly must: string
  readonly hint?: string | undefined
  /** What was meant, where only one thing can be. */
  readonly proposed?: unknown
}

/** How to say that a value isn't what the shape says. `name` is that of the field, for examples. */
export function wordingOf(shape: Shape | undefined, value: unknown, name: string, source: TypeSource): Wording {
  if (typeof shape !== 'string') {
    if (shape === undefined || 'map' in shape) return { code: 'wrong-type', must: 'be a map', hint: unwrapped(value) }
    if ('list' in shape) {
      return {
        code: 'wrong-type',
        must: 'be a list',
        hint: 'write each item on a line of its own that begins with `- `.',
      }
    }
    return choiceWording('words' in shape ? shape.words : shape.names, value)
  }
  const form = formOf(shape)
  return form ? formWording(form, value, name) : mapWording(value, Object.keys(source(shape)?.fields ?? {}))
}

function mapWording(value: unknown, fields: readonly string[]): Wording {
  const some = fields.slice(0, 6).map((field) => `\`${field}\``)
  const known = some.length > 0 ? `it holds fields such as ${some.join(', ')}.` : undefined
  return { code: 'wrong-type', must: 'be a map', hint: unwrapped(value) ?? known }
}

function unwrapped(value: unknown): string | undefined {
  return Array.isArray(value) ? 'remove the `- ` before its fields.' : undefined
}

function choiceWording(all: readonly string[], value: unknown): Wording {
  // A decoder's word for what isn't set; nobody writes it.
  const words = all.filter((word) => word !== 'undefined')
  const must = words.length === 1 ? `be "${words[0]}"` : `be one of ${words.map((word) => `"${word}"`).join(', ')}`
  if (typeof value !== 'string') return { code: 'wrong-type', must }
  const [close] = nearest(value, words)
  return { code: 'not-allowed-value', must, hint: close && `did you mean "${close}"?`, proposed: close }
}

function formWording(form: Form, value: unknown, name: string): Wording {
  const { type, format, minimum, maximum } = form.schema
  const types: readonly string[] = [type].flat()
  const example = form.example && `for example ${form.example}.`
  const meant = retyped(types, value)
  const hint = meant === undefined ? example : asWritten(name, meant)
  const fits = (number: boolean) => types.some((one) => one === 'number' || (one === 'integer' && number))
  if (typeof value === 'number' && fits(Number.isInteger(value))) {
    const bounds = range(minimum, maximum)
    const must = bounds && types.includes('string') ? `${form.must} (a number${bounds})` : `${form.must}${bounds}`
    return { code: 'out-of-range', must, hint: example }
  }
  if (typeof value !== 'string' || !types.includes('string')) {
    // That a name must have a certain form is the second mistake of a number.
    return { code: 'wrong-type', must: (formOf(form.of) ?? form).must, hint, proposed: meant }
  }
  if (format === undefined) return { code: 'wrong-format', must: form.must, hint, proposed: meant }
  if (/^-?\d+$/.test(value)) {
    return { code: 'out-of-range', must: `${form.must}${range(minimum, maximum)}` }
  }
  return { code: 'wrong-type', must: form.must, hint }
}

/** The bounds, where the words before don't say them. */
function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined || maximum === undefined) return ''
  return maximum >= 2147483647 && minimum <= 1 ? ` from ${minimum} on` : ` between ${minimum} and ${maximum}`
}

const booleans: { readonly [text: string]: boolean } = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
}

/** The same in the type that is needed. */
function retyped(types: readonly string[], value: unknown): string | number | boolean | undefined {
  if (typeof value === 'object') return undefined
  const text = String(value)
  if (types.includes('boolean') && !types.includes('string')) return row(booleans, text.toLowerCase())
  if (types.includes('integer')) return typeof value === 'string' && /^\d+$/.test(text) ? Number(text) : undefined
  return types.includes('string') && typeof value !== 'string' ? text : undefined
}

function asWritten(name: string, meant: string | number | boolean): string {
  return typeof meant === 'string'
    ? `put it into quotes: \`${name}: ${JSON.stringify(meant)}\`.`
    : `write \`${name}: ${meant}\`, without quotes.`
}
