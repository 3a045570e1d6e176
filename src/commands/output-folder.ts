import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files } from '../hosts/phase-folders.ts'
import type { Problem, Report } from '../problem.ts'

/**
 * A folder that this program shares with others: it changes and removes only what it wrote, and only while that is as
 * it was left. A list in the folder says which files these are, by their digests.
 */
export const listName = '.render-istio.json'

const about = 'Written by render-istio, which changes and removes these files only while they have these digests.'

/** The digests that a file of ours may have; two while a run replaces it. */
type Digests = { readonly [path: string]: readonly string[] }

/** What there is at a path; `blocked` when it can be neither read nor replaced. */
type Found = { readonly text: string } | 'nothing' | 'blocked'

/**
 * Makes `folder` hold exactly these files, besides those of others. Tells how many it wrote and removed.
 *
 * Everything is checked before anything is changed. New files come first and old ones go last; each one is replaced at
 * once. A run that is cut off leaves a list with which the next one can go on.
 *
 * Reports `edited-file`, `foreign-file`, `file-list` and `file-not-written`; then nothing was changed, unless the disk
 * itself gave up.
 */
export function writeFolder(folder: string, files: Files, report: Report): string {
  try {
    return write(folder, files, report)
  } catch (error) {
    report(notWritten(folder, error as NodeJS.ErrnoException))
    return ''
  }
}

/** Puts files into a folder, in place of those of the same names. Reports `file-not-written`. */
export function putFiles(folder: string, files: Files, report: Report): void {
  try {
    for (const [path, text] of files) {
      const file = join(folder, path)
      makeFolder(dirname(file))
      writeFileSync(file, text)
    }
  } catch (error) {
    report(notWritten(folder, error as NodeJS.ErrnoException))
  }
}

function write(folder: string, files: Files, report: Report): string {
  let sound = true
  const refuse = (problem: Problem) => {
    sound = false
    report(problem)
  }
  const listed = readList(folder, refuse)
  const put: string[] = []
  const remove: string[] = []
  for (const path of sorted([...Object.keys(listed), ...files.keys()])) {
    const found = look(folder, path)
    const wanted = files.get(path)
    if (found === 'nothing') {
      if (wanted !== undefined) put.push(path)
    } else if (found === 'blocked') refuse(foreign(folder, path))
    else if (found.text === wanted) continue
    else if (listed[path]?.includes(digest(found.text))) (wanted === undefined ? remove : put).push(path)
    else refuse(listed[path] ? edited(folder, path) : foreign(folder, path))
  }
  if (!sound) return ''
  const final = listText(files, {})
  const old = look(folder, listName)
  const changed = put.length + remove.length > 0 || old === 'nothing' || old === 'blocked' || old.text !== final
  if (changed) {
    replace(folder, listName, listText(files, listed))
    for (const path of put) replace(folder, path, files.get(path) ?? '')
    for (const path of remove) rmSync(join(folder, path))
    for (const path of new Set(remove.map(dirname))) removeEmpty(join(folder, path))
    replace(folder, listName, final)
  }
  return `${folder}: ${files.size} files, ${put.length} written, ${remove.length} removed\n`
}

/**
 * Whether `folder` holds what would be written into it: a line for each file that differs, and none when it does.
 * Reports `outdated-folder` when there are some, `file-list`, and `file-not-read`.
 */
export function checkFolder(folder: string, files: Files, report: Report): string {
  try {
    return check(folder, files, report)
  } catch (error) {
    report(notRead(folder, error as NodeJS.ErrnoException))
    return ''
  }
}

function check(folder: string, files: Files, report: Report): string {
  let sound = true
  const listed = readList(folder, (problem) => {
    sound = false
    report(problem)
  })
  if (!sound) return ''
  const list = listText(files, {})
  const differences = (paths: readonly string[]) =>
    paths.flatMap((path) => difference(folder, path, path === listName ? list : files.get(path)))
  const lines = differences(sorted([...Object.keys(listed), ...files.keys()]))
  // The list follows the files, and is worth a line of its own only when it alone is wrong.
  if (lines.length === 0) lines.push(...differences([listName]))
  if (lines.length > 0) report(outdated(folder, lines.length))
  return lines.join('')
}

function difference(folder: string, path: string, text: string | undefined): string[] {
  const found = look(folder, path)
  if (found === 'nothing') return text === undefined ? [] : [`missing ${join(folder, path)}\n`]
  if (text === undefined) return [`extra   ${join(folder, path)}\n`]
  if (found === 'blocked') return [`changed ${join(folder, path)}\n`]
  return found.text === text ? [] : [`changed ${join(folder, path)} (${lineCounts(found.text, text)})\n`]
}

/** `+2 -1`: how many lines rendering would add and take away. */
function lineCounts(before: string, after: string): string {
  const counts = new Map<string, number>()
  for (const line of before.split('\n')) counts.set(line, (counts.get(line) ?? 0) - 1)
  for (const line of after.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1)
  const sum = (sign: number) => [...counts.values()].reduce((all, one) => all + Math.max(0, one * sign), 0)
  return `+${sum(1)} -${sum(-1)}`
}

/** A path below the folder, as lists have it: it can lead nowhere else. */
const ownPath = /^(?!\.\.?(?:\/|$))[^/\\\0:]+(?:\/(?!\.\.?(?:\/|$))[^/\\\0:]+)*$/

function readList(folder: string, report: Report): Digests {
  const found = look(folder, listName)
  if (found === 'nothing') return {}
  const list = found === 'blocked' ? undefined : digestsIn(found.text)
  if (list) return list
  report({
    code: 'file-list',
    severity: 'error',
    message: `"${join(folder, listName)}" must be the list of files that render-istio wrote there; it can't be read as one`,
    at: { file: join(folder, listName), line: 1, col: 1 },
    hint: 'restore it. Without it no file of the folder is known to be ours.',
  })
  return {}
}

function digestsIn(text: string): Digests | undefined {
  let list: { files?: unknown }
  try {
    list = JSON.parse(text)
  } catch {
    return undefined
  }
  const entries = typeof list?.files === 'object' && list.files !== null ? Object.entries(list.files) : []
  const digests = entries.map(([path, said]) => [path, [said].flat()] as const)
  const fits = digests.every(
    ([path, said]) => ownPath.test(path) && said.every((one) => typeof one === 'string' && one.startsWith('sha256:')),
  )
  return entries.length > 0 && fits ? (Object.fromEntries(digests) as Digests) : undefined
}

/** The list with the digests of these files, and with those that are about to be replaced or removed. */
function listText(files: Files, before: Digests): string {
  const paths = sorted([...files.keys(), ...Object.keys(before)])
  const digests = paths.map((path) => {
    const text = files.get(path)
    const all = [...new Set([...(text === undefined ? [] : [digest(text)]), ...(before[path] ?? [])])]
    return [path, all.length === 1 ? all[0] : all] as const
  })
  return `${JSON.stringify({ about, files: Object.fromEntries(digests) }, null, 2)}\n`
}

/** Of the text with Unix line ends: git may check it out with others. */
function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')}`
}

/** What is at a path below the folder. Links aren't followed: they could lead anywhere. */
function look(folder: string, path: string): Found {
  let here = folder
  const steps = path.split('/')
  for (const [index, step] of steps.entries()) {
    here = join(here, step)
    const stat = lstatSync(here, { throwIfNoEntry: false })
    if (!stat) return 'nothing'
    if (index < steps.length - 1 ? !stat.isDirectory() : !stat.isFile()) return 'blocked'
  }
  return { text: readFileSync(here, 'utf8').replaceAll('\r\n', '\n') }
}

/** Puts a file where a reader sees either the old one or all of the new one. */
function replace(folder: string, path: string, text: string): void {
  const file = join(folder, path)
  const next = `${file}.new`
  makeFolder(dirname(file))
  rmSync(next, { force: true })
  writeFileSync(next, text, { flag: 'wx' })
  renameSync(next, file)
}

/** Node's own way of making the folders above, too, never ends where a folder is there that takes no files. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}

function sorted(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort()
}

function edited(folder: string, path: string): Problem {
  return {
    code: 'edited-file',
    severity: 'error',
    message: `"${join(folder, path)}" must be as render-istio left it; it was changed since`,
    at: { file: join(folder, path), line: 1, col: 1 },
    hint: 'make the change in the IstioOperator, and delete the file to have it written anew.',
  }
}

function foreign(folder: string, path: string): Problem {
  return {
    code: 'foreign-file',
    severity: 'error',
    message: `"${join(folder, path)}" must not be there: render-istio would replace it, and did not write it`,
    at: { file: join(folder, path), line: 1, col: 1 },
    hint: 'move it away, or name another folder.',
  }
}

function notWritten(folder: string, { code = '', path = folder }: NodeJS.ErrnoException): Problem {
  return {
    code: 'file-not-written',
    severity: 'error',
    message: `"${path}" must be a file that can be written; writing failed (${code})`,
    at: { file: path, line: 1, col: 1 },
    hint: 'mend that and run again; the folder is as before, or on its way.',
  }
}

function notRead(folder: string, { code = '', path = folder }: NodeJS.ErrnoException): Problem {
  return {
    code: 'file-not-read',
    severity: 'error',
    message: `"${path}" must be a file that can be read; reading failed (${code})`,
    at: { file: path, line: 1, col: 1 },
  }
}

function outdated(folder: string, count: number): Problem {
  return {
    code: 'outdated-folder',
    severity: 'error',
    message: `"${folder}" must hold what is rendered; ${count} of its files ${count === 1 ? 'differs' : 'differ'}`,
    at: { file: folder, line: 1, col: 1 },
    hint: 'run the same without `--check`, and commit.',
  }
}
