/** What Go's `regexp` does with all matches of a text. */

import { characterWidth, type Match, type Regex } from './regex.ts'

/** The matches of a text in order, which do not overlap; at most `most` of them unless that is negative. */
export function findAll(regex: Regex, text: string, most: number): Match[] {
  const found: Match[] = []
  let end = -1
  for (let at = 0; at <= text.length && (most < 0 || found.length < most); ) {
    const match = regex.find(text, at)
    if (match === undefined) break
    const [from = 0, to = 0] = match
    // Nothing is not found right behind a match.
    if (!(from === to && from === end)) found.push(match)
    at = to > at ? to : at + (characterWidth(text, at) || 1)
    end = to
  }
  return found
}

/** The text with each match replaced by what `replacement` makes of it. */
export function replaceAll(regex: Regex, text: string, replacement: (match: Match) => string): string {
  let out = ''
  let end = 0
  for (let at = 0; at <= text.length; ) {
    const match = regex.find(text, at)
    if (match === undefined) break
    const [from = 0, to = 0] = match
    out += text.slice(end, from)
    if (to > end || from === 0) out += replacement(match)
    end = to
    at = to > at ? to : at + (characterWidth(text, at) || 1)
  }
  return out + text.slice(end)
}

/** The parts of a text between matches; at most `most` of them unless that is negative, of which the last has the rest. */
export function splitBy(regex: Regex, text: string, most: number): string[] | undefined {
  if (most === 0) return undefined
  if (regex.pattern !== '' && text === '') return ['']
  const parts: string[] = []
  let begin = 0
  let end = 0
  for (const [from = 0, to = 0] of findAll(regex, text, most)) {
    if (most > 0 && parts.length === most - 1) break
    end = from
    if (to !== 0) parts.push(text.slice(begin, end))
    begin = to
  }
  if (end !== text.length) parts.push(text.slice(begin))
  return parts
}

/** A replacement in which `$1`, `$name` and `${name}` stand for groups, and `$$` for a dollar sign. */
export function expanded(replacement: string, regex: Regex, text: string, match: Match): string {
  return replacement.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar, braced, bare) => {
    if (dollar) return '$'
    const name: string = braced ?? bare
    return /^(0|[1-9]\d{0,7})$/.test(name) ? group(text, match, Number(name)) : named(regex, text, match, name)
  })
}

function group(text: string, match: Match, index: number): string {
  const from = match[2 * index] ?? -1
  return from < 0 ? '' : text.slice(from, match[2 * index + 1])
}

/** Of groups that share a name, the first that took part. */
function named({ names }: Regex, text: string, match: Match, name: string): string {
  const index = names.findIndex((known, i) => known === name && (match[2 * i + 2] ?? -1) >= 0)
  return index < 0 ? '' : group(text, match, index + 1)
}
