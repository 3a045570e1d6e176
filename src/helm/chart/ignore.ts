/** `.helmignore`: which files of a folder are no part of the chart. */

import { ChartError } from '../failed.ts'
import { trimSpace } from '../sprig/characters.ts'
import { base } from '../sprig/paths.ts'
import { withoutMark } from './archive.ts'
import { textOf } from './load.ts'
import { compileMatch } from './match.ts'

interface Rule {
  readonly matches: (path: string) => boolean
  readonly isNegated: boolean
  readonly onlyFolders: boolean
}

/** Tells whether a file or folder below the chart's is left out. */
export type Ignore = (path: string, isFolder: boolean) => boolean

/** The rules of a `.helmignore`, if there is one, and Helm's own. Throws a ChartError for a rule that is malformed. */
export function readIgnore(data: Uint8Array | undefined): Ignore {
  const lines = data === undefined ? [] : textOf(withoutMark(data)).split(/\r?\n/)
  // Files in `templates/` whose names begin with a dot are never read.
  const rules = [...lines, 'templates/.?*'].flatMap(ruleOf)
  return (path, isFolder) => {
    for (const { matches, isNegated, onlyFolders } of rules) {
      if (isNegated) {
        // A negated rule leaves out what it does not match.
        if ((onlyFolders && !isFolder) || !matches(path)) return true
      } else if ((!onlyFolders || isFolder) && matches(path)) return true
    }
    return false
  }
}

function ruleOf(line: string): Rule[] {
  const text = trimSpace(line)
  if (text === '' || text.startsWith('#')) return []
  if (text.includes('**')) throw new ChartError('double-star (**) syntax is not supported')
  if (compileMatch(text) === undefined) throw new ChartError('syntax error in pattern')
  const isNegated = text.startsWith('!')
  const bare = isNegated ? text.slice(1) : text
  const onlyFolders = bare.endsWith('/')
  const pattern = onlyFolders ? bare.slice(0, -1) : bare
  const match = compileMatch(pattern.replace(/^\//, ''))
  if (match === undefined) return []
  // Without a slash, a pattern is about names wherever they are.
  const matches = pattern.includes('/') ? match : (path: string) => match(base(path))
  return [{ matches, isNegated, onlyFolders }]
}
