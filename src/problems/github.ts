import { byImportance, placeText, statement } from '../problem-text.ts'
import { isInFile, type Told } from './told.ts'

/** Problems as workflow commands of GitHub Actions, which shows ten of a kind at the lines of a change: errors first. */
export function githubForm({ problems }: Told): string {
  return byImportance(problems)
    .map((problem) => {
      const { at, code, severity } = problem
      const inFile = at && isInFile(at)
      const place = inFile ? `file=${property(at.file)},line=${at.line},col=${at.col},` : ''
      const message = inFile || !at ? statement(problem) : `${placeText(at)}: ${statement(problem)}`
      return `::${commands[severity]} ${place}title=${property(code)}::${data(message)}\n`
    })
    .join('')
}

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

/** The runner decodes exactly these escapes, so that all else stands for itself. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
