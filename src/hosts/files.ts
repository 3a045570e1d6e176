import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, relative, resolve, sep } from 'node:path'
import type { Report } from '../problem.ts'
import { readOperator, readOperators } from '../stages/1-read.ts'
import type { ProfileSource } from '../stages/resolve/profiles.ts'
import type { Document } from '../yaml/document.ts'
import { decodeText } from '../yaml/read.ts'

/** A file's text, or nothing when it can't be read; `at` says who asked for it. */
export function readText(
  file: string,
  report: Report,
  at = { file: '--filename', line: 1, col: 1 },
): string | undefined {
  try {
    return decodeText(readFileSync(file === '-' ? 0 : file), file === '-' ? 'stdin' : file, report)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const why =
      code === 'ENOENT' ? 'there is none' : code === 'EISDIR' ? 'it is a directory' : `reading it failed (${code})`
    report({
      code: 'file-not-read',
      severity: 'error',
      message: `"${file}" must be a file that can be read; ${why}`,
      at,
      hint: 'check the path; it is relative to the working directory.',
    })
    return undefined
  }
}

const yamlFile = new Set(['.yaml', '.yml', '.json'])

/** Every IstioOperator in the files of a directory, in the order of the files' names; sub-folders aren't entered. */
export function readDirectory(directory: string, report: Report): Document[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => yamlFile.has(extname(entry.name)) && !entry.name.startsWith('.') && !entry.isDirectory())
    .map(({ name }) => (directory === '.' ? name : `${directory}/${name}`))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((file) => readOperators(readText(file, report) ?? '', file, report))
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/**
 * Custom profiles on the command line: IstioOperators that were read along, by name, and files by a path relative to
 * the file that names them. Nothing outside the working directory, or the folder of the file that names it, is read.
 */
export function profileFiles(named: readonly Document[], report: Report): ProfileSource {
  const byName = new Map(named.map((document) => [nameOf(document), document]))
  return {
    names: [...byName.keys()],
    find: (name, from) => {
      if (!isPath(name)) return byName.get(name)
      const folder = from ? dirname(from.file) : '.'
      const file = relative('.', resolve(folder, name)) || '.'
      if (!isBelow(file, '.') && !isBelow(file, folder)) {
        report({
          code: 'outside-root',
          severity: 'error',
          message: `\`spec.profile\` must stay below the working directory or its own folder; "${name}" leaves both`,
          path: 'spec.profile',
          at: from?.locate(['spec', 'profile'], 'value'),
          hint: 'move the profile beside the file that names it, or run in the folder that holds both.',
        })
        return 'refused'
      }
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined
      const text = readText(file, report)
      return text === undefined ? 'refused' : readOperator(text, file, report)
    },
  }
}

function nameOf({ value }: Document): string {
  return String((value as { metadata?: { name?: unknown } }).metadata?.name ?? '')
}

/** A profile is a file's path when it looks like one; names hold neither slash nor extension. */
export function isPath(name: string): boolean {
  return name.includes('/') || yamlFile.has(extname(name))
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`)
}
