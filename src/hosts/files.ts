import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, extname, relative, resolve, sep } from 'node:path'
import { readStdin } from '../commands/stdin.ts'
import type { Position, Report } from '../problem.ts'
import { readOperator, readOperators } from '../stages/1-read.ts'
import type { ProfileSource } from '../stages/resolve/profiles.ts'
import type { Document } from '../yaml/document.ts'
import { decodeText } from '../yaml/read.ts'

/** A file's text, or nothing when it can't be read; `at` says who asked for it, if that isn't the file itself. */
export function readText(file: string, report: Report, at: Position = { file, line: 1, col: 1 }): string | undefined {
  try {
    return decodeText(file === '-' ? readStdin() : readFileSync(file), file === '-' ? 'stdin' : file, report)
  } catch (error) {
    report(notRead(file, error as NodeJS.ErrnoException, at))
    return undefined
  }
}

const reasons: { readonly [code: string]: readonly [why: string, hint: string] } = {
  ENOENT: ['there is none', 'check the path; it is relative to the working directory.'],
  EISDIR: ['it is a directory', 'name it without `-f`: every IstioOperator in it is a control plane then.'],
}

/** Anything but a failure of the file system is a bug of ours. */
function notRead(file: string, error: NodeJS.ErrnoException, at: Position) {
  if (error.code === undefined) throw error
  const [why, hint] = reasons[error.code] ?? [
    `reading it failed (${error.code})`,
    'check the path and who may read it.',
  ]
  return {
    code: 'file-not-read',
    severity: 'error',
    message: `"${file}" must be a file that can be read; ${why}`,
    at,
    hint,
  } as const
}

const yamlFile = new Set(['.yaml', '.yml', '.json'])

/** Every IstioOperator in the files of a directory, in the order of the files' names; sub-folders aren't entered. */
export function readDirectory(directory: string, report: Report): Document[] {
  try {
    return filesOf(directory).flatMap((file) => readOperators(readText(file, report) ?? '', file, report))
  } catch (error) {
    report(notRead(directory, error as NodeJS.ErrnoException, { file: directory, line: 1, col: 1 }))
    return []
  }
}

/** The files of a directory that may hold an IstioOperator, by name; hidden ones are other programs' own. */
export function filesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => yamlFile.has(extname(entry.name)) && !entry.name.startsWith('.') && leadsToFile(entry))
    .map(({ name }) => (directory === '.' ? name : `${directory}/${name}`))
    .sort((a, b) => (a < b ? -1 : 1))
}

/** A pipe, whose reader would wait for ever, is none. A broken link is told by whoever reads it. */
function leadsToFile(entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile()
  return lookUp(`${entry.parentPath}/${entry.name}`)?.isFile() ?? true
}

export function isDirectory(path: string): boolean {
  return lookUp(path)?.isDirectory() ?? false
}

/** What is at a path; nothing where it can't be looked at, which whoever reads it then finds out. */
function lookUp(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/**
 * Custom profiles on the command line: IstioOperators that were read along, by name, and files by a path relative to
 * the file that names them. Nothing outside the working directory, or the folder of the file that names it, is read.
 */
export function profileFiles(named: readonly Document[], report: Report): ProfileSource {
  const byName = new Map(named.map((document) => [nameOf(document), document]))
  return {
    names: [...byName.keys()],
    find: (name, from, at) => {
      if (!isPath(name)) return byName.get(name)
      const folder = from ? dirname(from.file) : '.'
      const file = relative('.', resolve(folder, name)) || '.'
      if (!staysBelow(file, '.') && !staysBelow(file, folder)) {
        report({
          code: 'outside-root',
          severity: 'error',
          message: `\`spec.profile\` must stay below the working directory or its own folder; "${name}" leaves both`,
          path: 'spec.profile',
          at: at(),
          hint: 'move the profile beside the file that names it, or run in the folder that holds both.',
        })
        return 'refused'
      }
      return lookUp(file)?.isFile() ? readProfile(file, at, report) : undefined
    },
  }
}

function readProfile(file: string, at: () => Position | undefined, report: Report): Document | 'refused' {
  let isTold = false
  const tell: Report = (problem) => {
    isTold = true
    report(problem)
  }
  const text = readText(file, tell)
  const document = text === undefined ? undefined : readOperator(text, file, tell)
  if (document || isTold) return document ?? 'refused'
  report({
    code: 'no-operator',
    severity: 'error',
    message: `the profile must be an IstioOperator; "${file}" is empty`,
    path: 'spec.profile',
    at: at(),
  })
  return 'refused'
}

function nameOf({ value }: Document): string {
  return String((value as { metadata?: { name?: unknown } }).metadata?.name ?? '')
}

/** A profile is a file's path when it looks like one; names hold neither slash nor extension. */
export function isPath(name: string): boolean {
  return name.includes('/') || yamlFile.has(extname(name))
}

/** Links count by where they lead. */
function staysBelow(file: string, folder: string): boolean {
  return isBelow(file, folder) && (lookUp(file) === undefined || isBelow(realpathSync(file), realpathSync(folder)))
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`)
}
