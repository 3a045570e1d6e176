/** Functions on paths. Those for files of the system are the same, as charts are made for systems with slashes. */

import type { Signature } from '../../gotemplate/builtins.ts'

const onPath = (call: (path: string) => unknown): Signature => ({ parameters: ['string'], call })

export const pathFunctions: Readonly<Record<string, Signature>> = {
  base: onPath(base),
  dir: onPath(directory),
  clean: onPath(cleaned),
  ext: onPath(extension),
  isAbs: onPath((path) => path.startsWith('/')),
  osBase: onPath(base),
  osDir: onPath(directory),
  osClean: onPath(cleaned),
  osExt: onPath(extension),
  osIsAbs: onPath((path) => path.startsWith('/')),
}

/** The last element of a path; `.` for an empty one. */
export function base(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (path === '') return '.'
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

function directory(path: string): string {
  return cleaned(path.slice(0, path.lastIndexOf('/') + 1))
}

/** A path without empty and `.` elements, and with `..` applied to what stands before it. */
export function cleaned(path: string): string {
  const isRooted = path.startsWith('/')
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else if (!isRooted) steps.push('..')
  }
  return `${isRooted ? '/' : ''}${steps.join('/')}` || '.'
}

/** What the last element has from its last dot on. */
export function extension(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? path.slice(dot) : ''
}
