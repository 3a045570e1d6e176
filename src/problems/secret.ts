import type { Problem } from '../problem.ts'

/** Words that names of secrets are made of; names of Secret objects are none. */
const words =
  'passw(?:or)?d|passphrase|token|credential|(?:private|api|access)_?key|authorization|(?<!pull_?)secret(?!s\\b|_?name|volume)'
const secretWord = new RegExp(words, 'i')

/** Lists whose items have a name that the path doesn't show: environment variables and HTTP headers. */
const namedValue = /\b(?:env|headers?)(?:\[\d+\]|\.\w+)?\.value$/i

/** Whether what stands at a field path may be a secret, going by its name. */
export function isSecret(path: string): boolean {
  return secretWord.test(path) || namedValue.test(path)
}

/** What secrets look like: keys in PEM, tokens of three parts, and long texts that are no words. */
const secretText = /-----BEGIN [A-Z ]*KEY|\beyJ[\w-]+\.[\w-]+\.[\w-]*|^[A-Za-z0-9+/_-]{40,}={0,2}$/

const hidden = '…'

/**
 * A problem as it may be told: what may be a secret is neither held as its value nor quoted in its sentences, and
 * values are scalars, since what is inside of a map has names of its own.
 */
export function discreet(problem: Problem): Problem {
  if (problem.path !== undefined && isSecret(problem.path)) return withoutValue(problem)
  if (typeof problem.value === 'string' && secretText.test(problem.value)) return withoutValue(problem)
  return typeof problem.value === 'object' && problem.value !== null ? { ...problem, value: undefined } : problem
}

function withoutValue({ value, proposed: _, ...problem }: Problem): Problem {
  const { message, hint } = problem
  const plain = unquoted(value)
  const hide = (text: string) => {
    const rest = text.replace(/".*"/s, `"${hidden}"`)
    return plain ? rest.replace(plain, hidden) : rest
  }
  return { ...problem, message: hide(message), ...(hint !== undefined && { hint: hide(hint) }) }
}

/** A value as it may stand outside of quotes. What is short stands there as a word of its own: `a` is one of English. */
function unquoted(value: unknown): RegExp | undefined {
  if (typeof value === 'string') return value.length < 4 ? undefined : new RegExp(escaped(value), 'g')
  return typeof value === 'number' ? new RegExp(`(?<![\\w.[-])${escaped(String(value))}(?![\\w-])`, 'g') : undefined
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

const member = new RegExp(`^(\\s*(?:- +)*["']?[\\w./-]*(?:${words})[\\w./-]*["']?\\s*[:=]\\s*)[^\\s#].*$`, 'i')
const value = /^(\s*(?:- +)?value\s*:\s*)[^\s#].*$/
const nameOfSecret = new RegExp(`\\bname\\s*:.*(?:${words})`, 'i')

/** A line of YAML, or a `path=value`, as it may be shown: what looks like a secret is hidden. `before` stands above it. */
export function shownLine(line: string, before: string | undefined): string {
  const show = (_: string, key: string) => `${key}${hidden}`
  const shown = line.replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden)
  if (before !== undefined && nameOfSecret.test(before)) return shown.replace(value, show)
  return shown.replace(member, show)
}
