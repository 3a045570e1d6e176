import type { Problem } from '../problem.ts'
import { byImportance, byPosition, countText, placeText, printable } from '../problem-text.ts'
import { frameOf } from './frame.ts'
import type { SourceText, Told } from './told.ts'

/** Problems for people: what is wrong, the line of the file with the place marked, and what to do. */
export function textForm({ problems, suppressed, passed, source, colour }: Told): string {
  const paint = colour() ? inColour : inPlain
  const told = byPosition(problems).map((problem) => block(problem, source, paint))
  const counts = problems.length > 0 ? countText(problems) : 'no problems'
  const accepted = suppressed.length > 0 ? `, ${suppressed.length} suppressed` : ''
  const help = problems.length > 0 ? '; `render-istio help CODE` tells more about each code' : ''
  return [...told, `${paint(passed ? 'good' : 'error', `${counts}${accepted}`)}${help}\n`].join('\n')
}

/** Problems as above, the gravest first, without what `textForm` says of the run as a whole. */
export function blocks(problems: readonly Problem[], source: SourceText, colour: boolean): string {
  return byImportance(problems)
    .map((problem) => block(problem, source, colour ? inColour : inPlain))
    .join('\n')
}

function block(problem: Problem, source: SourceText, paint: Paint): string {
  const { at, severity, message, hint, code } = problem
  const place = at ? paint('strong', `${placeText(at)}: `) : ''
  const lines = [`${place}${paint(severity, `${severity}:`)} ${paint('strong', printable(message))} [${code}]`]
  const text = at && source(at.file)
  const frame = at && text !== undefined ? frameOf(text, at) : undefined
  if (frame) {
    const width = String(frame.lines.at(-1)?.number).length
    const gutter = (number: number | string) => paint('faint', `${String(number).padStart(width + 2)} |`)
    lines.push(...frame.lines.map((line) => `${gutter(line.number)} ${line.text}`.trimEnd()))
    lines.push(`${gutter('')} ${frame.blanks}${paint(severity, frame.carets)}`)
  }
  if (hint !== undefined) lines.push(`  ${paint('faint', 'hint:')} ${printable(hint)}`)
  return lines.map((line) => `${line}\n`).join('')
}

/** Marks a piece of text. */
type Paint = (style: keyof typeof styles, text: string) => string

/** SGR parameters of terminals. */
const styles = { error: '1;31', warning: '1;33', info: '1;36', good: '32', strong: '1', faint: '2' } as const

const inColour: Paint = (style, text) => `\u001b[${styles[style]}m${text}\u001b[0m`
const inPlain: Paint = (_, text) => text
