import { parseArgs } from 'node:util'
import { parts } from '../hosts/argocd/manifests.ts'
import { nearest, type Problem } from '../problem.ts'
import { version } from '../version.ts'
import { writeYaml } from '../yaml/write.ts'
import type { Outcome } from './outcome.ts'

export const initFlags = {
  image: { type: 'string' },
  repo: { type: 'string' },
  'target-revision': { type: 'string' },
  path: { type: 'string' },
} as const

/**
 * `render-istio init argocd [PART]`: the manifests that make Argo CD use this program, as YAML documents each of which
 * says what it is for. A part is the sidecar for kustomize or for Helm, the Application, or the ApplicationSet.
 */
export function init(argv: readonly string[]): Outcome {
  let given: ReturnType<typeof parse>
  try {
    given = parse(argv)
  } catch (error) {
    const named = /'(--?[^' ]+)/.exec((error as Error).message)?.[1] ?? ''
    return refused(`the command line must hold known flags, each with its value; \`${named}\` is not so`, named)
  }
  const { values: flags, positionals } = given
  const [host, part, more] = positionals
  if (host !== 'argocd') return refused(`\`init\` must be followed by "argocd"; it is "${host ?? ''}"`, host ?? 'init')
  const names = Object.keys(parts)
  if (part !== undefined && !names.includes(part)) {
    const [close] = nearest(part, names)
    const hint = close ? `did you mean "${close}"?` : undefined
    return refused(
      `the part must be one of ${names.map((name) => `"${name}"`).join(', ')}; it is "${part}"`,
      part,
      hint,
    )
  }
  if (more !== undefined) return refused(`the command line must end after the part; "${more}" is left`, more)
  const installation = {
    image: flags.image ?? `registry.example.com/render-istio:${version}`,
    repository: flags.repo ?? 'https://git.example.com/mesh.git',
    revision: flags['target-revision'] ?? 'HEAD',
    path: flags.path ?? 'fixtures/default',
  }
  const documents = Object.entries(parts)
    .filter(([name]) => part === undefined || name === part)
    .map(([, { about, make }]) => `# ${about}\n${writeYaml(make(installation))}`)
  return { stdout: documents.join('---\n'), problems: [], exitCode: 0 }
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: initFlags, allowPositionals: true, strict: true })
}

function refused(message: string, file: string, hint = 'see `render-istio help init`.'): Outcome {
  const problem: Problem = { code: 'usage', severity: 'error', message, at: { file, line: 1, col: 1 }, hint }
  return { stdout: '', problems: [problem], exitCode: 2 }
}
