/** What can go wrong with a template, as values, and Go's own text for it. */

import { quote } from './quote.ts'
import { byteLength } from './utf8.ts'

/** A place in a template text. Lines and columns count from 1. */
export interface Place {
  /** Name under which the text was parsed. */
  readonly template: string
  readonly line: number
  readonly column: number
  /** Go's column: how many bytes of the line stand before the place. */
  readonly byteColumn: number
}

/** One `{{template}}` action that was being executed when an error happened. */
export interface Frame extends Place {
  /** The template that holds the action. */
  readonly executing: string
  /** The action itself, e.g. `{{template "labels" .}}`. */
  readonly expression: string
}

/** The value in which an expression looked for a field that it cannot have. */
export interface Subject {
  /** The part of the expression that gave the value: `.Values.a` of `.Values.a.b`. */
  readonly expression: string
  readonly value: unknown
  /** The field that was looked for. */
  readonly field: string
  /** The map or struct that the value was taken from, and under which name. */
  readonly holder?: object | undefined
  readonly name?: string | undefined
}

/**
 * Why a text is no template (`parse`), why executing one failed (`execute`), or which limit it ran into (`limit`). An
 * `at` is missing only when there is no text to point into.
 */
export interface TemplateError {
  readonly kind: 'parse' | 'execute' | 'limit'
  /** The sentence without place or context, e.g. `function "f" not defined`. */
  readonly message: string
  readonly template: string
  readonly at?: Place | undefined
  /** Name of the template, defined in that text, that was being executed. */
  readonly executing?: string | undefined
  /** The part of the action that failed, as the template language writes it. */
  readonly expression?: string | undefined
  /** The `{{template}}` actions that led here, outermost first. */
  readonly frames: readonly Frame[]
  /** What the field was looked for in, where that is what is wrong. */
  readonly subject?: Subject | undefined
  /** The error of another template that a function executed. */
  readonly cause?: TemplateError | undefined
}

/** Go's own text for an error: `template: a.yaml:1:3: executing "a.yaml" at <.x.y>: nil pointer evaluating …`. */
export function errorText({ kind, message, template, at, executing, expression }: TemplateError): string {
  if (at === undefined) return `template: ${template}: ${message}`
  if (kind === 'parse' || executing === undefined) return `template: ${at.template}:${at.line}: ${message}`
  const where = `${at.template}:${at.line}:${at.byteColumn}`
  return `template: ${where}: executing ${quote(executing)} at <${expression ?? ''}>: ${message}`
}

/**
 * The mistake that a function given by the host found in its arguments; `execute` turns it into a TemplateError that
 * reads `error calling NAME: MESSAGE`. A function that executes another template hands that template's error on.
 */
export class FunctionError extends Error {
  readonly inner: TemplateError | undefined
  constructor(message: string, inner?: TemplateError) {
    super(message)
    this.inner = inner
  }
}

/** As FunctionError, of a function of which Go says without calling it that templates cannot call it. */
export class CallError extends FunctionError {}

/**
 * As FunctionError, of a function that withholds its value: there is an error only where the value is read. The fields
 * that it would have are texts, which are withheld too.
 */
export class WithheldError extends FunctionError {
  readonly fields: readonly string[]
  constructor(message: string, fields: readonly string[] = []) {
    super(message)
    this.fields = fields
  }
}

/** Whether JavaScript ran out of stack or string space, which only a template without measure brings about. */
export function isExhaustion(thrown: unknown): boolean {
  return thrown instanceof Error && /call stack|too much recursion|string length/.test(thrown.message)
}

/** The place of an offset in a text. */
export function placeOf(template: string, text: string, offset: number): Place {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    line++
    start = end + 1
  }
  const before = text.slice(start, offset)
  return { template, line, column: before.length + 1, byteColumn: byteLength(before) }
}
