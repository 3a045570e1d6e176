import { existsSync } from 'node:fs'
import { dirname, extname, isAbsolute, normalize, sep } from 'node:path'
import { isDirectory } from '../hosts/files.ts'
import type { FluxSource } from '../hosts/flux-kustomizations.ts'
import { nearest, type Problem, type Report } from '../problem.ts'
import { type OutputFormat, outputFormats } from '../stages/7-write.ts'

/** Where the output goes, and in which form. */
export const outputFlags = {
  output: { type: 'string', short: 'o' },
  check: { type: 'boolean' },
  'flux-source': { type: 'string' },
  'flux-path': { type: 'string' },
  'flux-namespace': { type: 'string' },
} as const

/** What was given for these flags. */
export interface OutputFlagValues {
  readonly output?: string | undefined
  readonly check?: boolean | undefined
  readonly 'flux-source'?: string | undefined
  readonly 'flux-path'?: string | undefined
  readonly 'flux-namespace'?: string | undefined
}

/** A stream on standard output, or a folder that is written or compared. */
export type Output = { readonly format: OutputFormat } | { readonly folder: string; readonly check: boolean }

/**
 * The output that the flags name: `yaml` and `json` are streams, anything else is a folder. Reports `wrong-setting` for
 * what is meant as neither: a misspelt format, a file, or `--check` without a folder.
 */
export function outputOf({ output = 'yaml', check = false }: OutputFlagValues, report: Report): Output {
  const format = outputFormats.find((known) => known === output)
  if (format) {
    if (check) report(wrong('check', 'must come with the folder that is checked, `-o FOLDER`'))
    return { format }
  }
  const folder = output === '' ? '' : normalize(output).replace(/(?<=.)[/\\]$/, '')
  const above = existing(folder)
  if (above !== '' && !isDirectory(above)) report(wrong('output', `must be a folder; "${above}" is a file`))
  else if (!isDirectory(folder)) {
    const [close] = nearest(output, outputFormats)
    const isFile = ['.yaml', '.yml', '.json'].includes(extname(output))
    const must = `must be ${outputFormats.map((known) => `"${known}"`).join(', ')} or a folder; it is "${output}"`
    if (folder === '') report(wrong('output', must))
    else if (isFile) report(wrong('output', must, `for a file write \`> ${output}\`.`))
    else if (close !== undefined && !output.includes('/')) report(wrong('output', must, `did you mean "${close}"?`))
  }
  return { folder, check }
}

/** What there is of a path: itself, or the nearest folder above it; nothing when that is the working directory. */
function existing(path: string): string {
  if (path === '' || existsSync(path)) return path
  const above = dirname(path)
  return above === path ? '' : existing(above)
}

const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact']

/**
 * Where Flux finds the folder: `--flux-source KIND/NAME`, else the repository that `flux bootstrap` makes; and
 * `--flux-path`, else the folder itself, which is right where the command is run at the root of the repository.
 *
 * Reports `wrong-setting`.
 */
export function fluxSourceOf(flags: OutputFlagValues, folder: string, report: Report): FluxSource {
  const said = flags['flux-source'] ?? 'GitRepository/flux-system'
  const [kind = '', name = '', ...more] = said.split('/')
  if (!sourceKinds.includes(kind) || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) || more.length > 0) {
    const kinds = sourceKinds.map((known) => `"${known}"`).join(', ')
    report(wrong('flux-source', `must be KIND/NAME with a kind of ${kinds}; it is "${said}"`))
  }
  const path = (flags['flux-path'] ?? folder).split(sep).join('/')
  if (isAbsolute(path) || path.split('/').includes('..')) {
    const must = `must be the folder's path in the repository, without ".."; it is "${path}"`
    report(wrong('flux-path', must, 'give it, or run at the root of the repository.'))
  }
  const steps = path.split('/').filter((step) => step !== '' && step !== '.')
  return { kind, name, path: ['.', ...steps].join('/'), namespace: flags['flux-namespace'] ?? 'flux-system' }
}

function wrong(flag: keyof OutputFlagValues, must: string, hint?: string): Problem {
  const message = `\`--${flag}\` ${must}`
  return { code: 'wrong-setting', severity: 'error', message, at: { file: `--${flag}`, line: 1, col: 1 }, hint }
}
