/** What is wrong with a chart's template in the form in which Helm tells it. */

import { errorText, type TemplateError } from '../gotemplate/error.ts'
import { marks } from './functions/demands.ts'

/** A text that is no template: `parse error at (chart/templates/a.yaml:1): …`. */
export function parseError(error: TemplateError): string {
  const [, location = '', ...rest] = errorText(error).split(': ')
  return `parse error at (${location}): ${rest.at(-1) ?? location}`
}

/**
 * A template that failed. A message that the chart's author wrote stands alone behind the place; else each template on
 * the way has its place, what was executed there and, the innermost one, the message.
 */
export function executionError(file: string, error: TemplateError): string {
  const whole = goText(error)
  const [, location, rest] = /^[^:]*: (.*?): (.*)$/s.exec(whole) ?? []
  if (location === undefined || rest === undefined) return `execution error in (${file}): ${whole}`
  const said = new RegExp(`${marks[0]}(.*)${marks[1]}`, 's').exec(rest)
  if (said) return `execution error at (${location}): ${said[1]}`
  const lines: string[] = []
  for (const text of chainOf(error)) {
    const part = traced(text)
    if (part === undefined) return whole
    if (part !== lines.at(-1)) lines.push(part)
  }
  return lines.join('').trim()
}

/** The texts of an error and of those that it wraps, as far as Go can tell them apart. */
function chainOf(error: TemplateError): string[] {
  const texts: string[] = []
  for (let at: TemplateError | undefined = error; at; at = at.cause) {
    texts.push(goText(at))
    const { message, cause } = at
    if (!message.startsWith('error calling ')) break
    const own = message.slice(message.indexOf(': ') + 2)
    // What a function says of itself, before the error that it hands on, is an error of its own.
    if (cause === undefined || own !== goText(cause)) {
      texts.push(own)
      break
    }
  }
  return texts
}

function goText(error: TemplateError): string {
  return error.template === '' && error.at === undefined ? `template: ${error.message}` : errorText(error)
}

/** The part of an error's text that its lines show; undefined for one that is none of a template. */
function traced(text: string): string | undefined {
  if (!text.startsWith('template: ')) return undefined
  const rest = text.slice('template: '.length)
  if (rest.startsWith('no template ')) return `${text}\n`
  const [, place, name, at, message] = /^(.*?): executing "([^"]*)" at <(.*?)>: (.*)$/s.exec(rest) ?? []
  if (place !== undefined && message !== undefined)
    return `${place}\n  executing "${name}" at <${at}>:\n    ${upToTemplate(message)}\n`
  const colon = rest.lastIndexOf(': ')
  return colon < 0 ? undefined : `${rest.slice(0, colon)}\n  ${upToTemplate(rest.slice(colon + 2))}\n`
}

function upToTemplate(message: string): string {
  const next = message.indexOf(' template:')
  return next < 0 ? message : message.slice(0, next)
}
