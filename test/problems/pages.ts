import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../src/problem.ts'
import { gradeText, type ProblemCode, problemCodes, problemKind } from '../../src/problems/catalogue.ts'
import { blocks } from '../../src/problems/text.ts'
import { argumentsOf, cases, fixedArgumentsOf, inFolder, isChart, isList, runFixed, runFolder } from '../run.ts'

/** The documentation of problems, made from the catalogue and from the cases that produce and mend them. */

/** A case that shows a problem. */
export interface Example {
  readonly name: string
  readonly folder: string
  readonly problems: readonly Problem[]
  readonly isMended: boolean
}

/** Every case with what it tells. */
export function examples(): readonly Example[] {
  return cases.map((name) => {
    const folder = join('test/cases', name)
    return { name, folder, problems: runFolder(folder).problems, isMended: runFixed(folder) !== undefined }
  })
}

/** Codes that no case shows, each with the reason. */
export const withoutCase: { readonly [Code in ProblemCode]?: string } = {
  'input-too-large': 'it takes an input of two megabytes, which `src/yaml/read.test.ts` makes.',
  'file-not-written': 'it takes a disk that cannot be written, which `test/output-folder.test.ts` has.',
}

/** The case that the page of a code shows: one that is mended, named after the code if there is one. */
export function exampleOf(code: string, all: readonly Example[]): Example | undefined {
  const rank = ({ name, isMended }: Example) => Number(!isMended) * 2 + Number(!name.endsWith(`/${code}`))
  const shown = all.filter(({ problems }) => problems.some((one) => one.code === code))
  return shown.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))[0]
}

/** `docs/problems/<code>.md`. */
export function page(code: ProblemCode, all: readonly Example[]): string {
  const kind = problemKind(code)
  if (!kind) throw new Error(code)
  const example = exampleOf(code, all)
  const parts = [
    `# \`${code}\``,
    `${kind.title}. ${gradeText(kind)}`,
    kind.about,
    ...(example ? wrong(example, code) : [`There is no example: ${withoutCase[code]}`]),
    ...(example?.isMended ? mended(example) : []),
    '[All problems](README.md)',
  ]
  return `${parts.join('\n\n')}\n`
}

/** `docs/problems/README.md`. */
export function indexPage(): string {
  const rows = problemCodes().map((code) => {
    const { severity = '', title = '' } = problemKind(code) ?? {}
    return `| [\`${code}\`](${code}.md) | ${severity} | ${title} |`
  })
  return `# Problems

Every line that tells a problem ends with its code, which is stable. \`render-istio help CODE\` prints what its page begins with.

| code | severity | what it is |
| --- | --- | --- |
${rows.join('\n')}
`
}

function wrong({ folder, problems }: Example, code: string): string[] {
  const told = problems.filter((problem) => problem.code === code)
  const command = isList(folder)
    ? '$ render-istio < resource-list.yaml > output.yaml'
    : commandLine(folder, argumentsOf(folder))
  const text = inFolder(folder, () =>
    blocks(told, isList(folder) ? () => undefined : sourceOf(argumentsOf(folder)), false),
  )
  return ['## Wrong', ...inputs(folder, false), fenced('console', `${command}\n${text}`)]
}

function mended({ folder }: Example): string[] {
  const own = existsSync(join(folder, 'fixed-args.txt'))
  const command = commandLine(folder, fixedArgumentsOf(folder))
  return ['## Right', ...inputs(folder, true), ...(own ? [fenced('console', command)] : [])]
}

function commandLine(folder: string, argv: readonly string[]): string {
  return `$ render-istio ${isChart(folder) ? 'chart' : 'generate'} ${shellWords(argv)}`
}

/** What a reader would type: values with blanks or brackets stand in quotes. */
function shellWords(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w./=,:@+-]+$/.test(word) ? word : `'${word}'`)).join(' ')
}

/** The files of a case: those of the failing run, or those that replace them. */
function inputs(folder: string, isMended: boolean): string[] {
  return [...readdirSync(folder), ...chartFiles(folder)]
    .filter((file) => file.startsWith('fixed') === isMended && file !== 'output.yaml')
    .flatMap((file) => {
      const text = () => readFileSync(join(folder, file), 'utf8')
      if (/^(charts|chart|fixed-chart)\//.test(file) || file.endsWith('.yaml'))
        return [fenced('yaml', `# ${file}\n${text()}`)]
      return file.endsWith('environment.json') ? ['In the environment:', fenced('json', text())] : []
    })
}

/** What a case's charts say, but for a template that all of them have. */
function chartFiles(folder: string): string[] {
  return ['charts', 'chart', 'fixed-chart']
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) =>
      (readdirSync(join(folder, name), { recursive: true }) as string[]).map((file) => join(name, file)),
    )
    .filter((file) => statSync(join(folder, file)).isFile() && !file.endsWith('account.yaml'))
    .sort()
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

/** The texts that positions count in: files, and flags by their names. */
function sourceOf(argv: readonly string[]) {
  return (file: string) => {
    if (existsSync(file)) return readFileSync(file, 'utf8')
    const values = argv.flatMap((word, index) => (word === file ? [argv[index + 1] ?? ''] : []))
    return values.length > 0 ? values.join('\n') : undefined
  }
}
