import { nearest } from '../problem.ts'
import { gradeText, problemCodes, problemKind } from '../problems/catalogue.ts'
import { chartFlags } from './chart-flags.ts'
import type { diffFlags } from './diff.ts'
import { generateFlags } from './generate.ts'
import type { initFlags } from './init.ts'
import { meshFlags } from './input.ts'
import type { Outcome } from './outcome.ts'
import { validateFlags } from './validate.ts'

/** What a flag takes, if anything, and what it does. */
type FlagHelp = readonly [takes: string, does: string]

const meshFlagHelp: { readonly [Flag in keyof typeof meshFlags]: FlagHelp } = {
  filename: ['FILE', 'an input file, - for standard input; again for more, merged in order'],
  set: ['PATH=VALUE', 'sets one field; again for more'],
  revision: ['NAME', 'the same as --set revision=NAME'],
  manifests: ['DIR', 'the same as --charts DIR'],
  charts: ['[NAME=]DIR', 'charts to render; of one component, or NAME=bundled for none; again for more'],
  force: ['', 'what validation finds are warnings'],
  'dry-run': ['', "accepted for istioctl's sake, without effect"],
  'cluster-specific': ['', "accepted for istioctl's sake, without effect"],
  filter: ['NAME', "accepted for istioctl's sake, without effect"],
  config: ['FILE', 'a RenderIstio (or ConfigMap) with settings, which flags override'],
  profile: ['NAME', 'the same as --set profile=NAME'],
  environment: ['NAME', 'preset of settings: dev, test, staging or prod'],
  engine: ['NAME', 'who applies the output: argocd, kpt, flux or none'],
  compat: ['istioctl', 'what istioctl lets through is a warning; engine none'],
  'kube-version': ['VERSION', 'the Kubernetes version of the cluster'],
  'previous-version': ['VERSION', 'the Istio release that the cluster runs so far, to check the upgrade'],
  merge: ['[PATH=]HOW', 'how lists are merged: replace, append or merge'],
  keep: ['NAMES', 'changes for GitOps that are not made, with commas'],
  'wave-start': ['NUMBER', 'the number of the first wave'],
  'wave-step': ['NUMBER', 'the distance from one wave to the next'],
  'allow-empty': ['', 'a mesh without any object is fine'],
}

/** The flags of a command as its parser knows them. */
type FlagTable = { readonly [flag: string]: { readonly type: string; readonly short?: string } }

/** What `help` says of a command. */
interface CommandHelp {
  readonly usage: string
  readonly does: string
  readonly flags?: { readonly [flag: string]: FlagHelp }
  /** Where a flag may have a short form. */
  readonly table?: FlagTable
  readonly more?: string
}

const helpOfCommands: { readonly [command: string]: CommandHelp } = {
  generate: {
    usage: 'generate [-f FILE]... [FLAGS] [FOLDER]',
    does: 'renders the IstioOperators of files or of a folder',
    flags: {
      ...meshFlagHelp,
      output: ['FORM | DIR', 'yaml or json, or a folder that is written, a sub-folder a phase'],
      check: ['', 'with a folder: writes nothing, and says whether it is up to date'],
      'flux-source': ['KIND/NAME', "with a folder for Flux: its source; GitRepository/flux-system unless it's given"],
      'flux-path': ['DIR', 'the folder as the source has it; the same as -o unless it is given'],
      'flux-namespace': ['NAME', 'where the Kustomizations of Flux go; flux-system unless it is given'],
    } satisfies { [Flag in keyof typeof meshFlags | keyof typeof generateFlags]: FlagHelp },
    table: { ...meshFlags, ...generateFlags },
    more: `With -f the files are merged into one control plane. Without, every IstioOperator in the folder (the working
directory unless one is named) is a control plane of its own.`,
  },
  diff: {
    usage: 'diff --renderer --charts DIR [FLAGS] [FOLDER]',
    does: 'prints what charts make of an input otherwise than the bundled renderers',
    flags: {
      ...meshFlagHelp,
      renderer: ['', 'compares the bundled renderers with charts'],
      format: ['FORM', 'text, or json'],
    } satisfies { [Flag in keyof typeof meshFlags | keyof typeof diffFlags]: FlagHelp },
    table: meshFlags,
    more: 'The exit code is 0 when both give the same mesh, and 1 when they differ. The engine is none unless it is given.',
  },
  discover: {
    usage: 'discover [FOLDER]',
    does: 'names the files that hold an IstioOperator, for Argo CD',
    more: 'Nothing on standard output means that there is none; the exit code is 0 all the same.',
  },
  parameters: {
    usage: 'parameters [FOLDER]',
    does: 'announces the parameters of an Application, as JSON for Argo CD',
  },
  init: {
    usage: 'init argocd [kustomize | helm | application | applicationset] [FLAGS]',
    does: 'prints the manifests that make Argo CD use this program',
    flags: {
      image: ['IMAGE', 'the image of the sidecar'],
      repo: ['URL', 'the repository with the IstioOperators'],
      'target-revision': ['NAME', 'the branch or tag of it; HEAD unless it is given'],
      path: ['DIR', 'the folder in it'],
    } satisfies { [Flag in keyof typeof initFlags]: FlagHelp },
  },
  validate: {
    usage: 'validate [-f FILE]... [FLAGS] [FOLDER]',
    does: 'tells what is wrong with the same input, and renders nothing',
    flags: {
      ...meshFlagHelp,
      format: ['FORM', 'text, json, sarif (2.1.0) or github (annotations)'],
      strict: ['', 'warnings fail too'],
    } satisfies { [Flag in keyof typeof meshFlags | keyof typeof validateFlags]: FlagHelp },
    table: { ...meshFlags, ...validateFlags },
    more: `The exit code is 0 when nothing is wrong. Levels by code, and suppressions with their reasons, stand in
spec.problems of a RenderIstio (--config).`,
  },
  chart: {
    usage: 'chart [NAME] DIR|TGZ [FLAGS]',
    does: 'prints what `helm template` prints for a chart, to the byte',
    flags: {
      namespace: ['NAME', 'the namespace of the release; default unless it is given'],
      values: ['FILE', 'a file of values, - for standard input; again or with commas for more'],
      set: ['PATH=VALUE', 'sets values, with commas; again for more'],
      'set-string': ['PATH=TEXT', 'the same, and every value is a text'],
      'set-json': ['PATH=JSON', 'the same with values in JSON, or one whole object'],
      'set-file': ['PATH=FILE', 'the same with the texts of files'],
      'set-literal': ['PATH=TEXT', 'sets one value to the text as it stands'],
      'kube-version': ['VERSION', 'the Kubernetes version that the chart is told'],
      'api-versions': ['NAMES', 'API versions that the chart is told besides those of Kubernetes'],
      'show-only': ['PATTERN', 'only what comes from these templates'],
      'include-crds': ['', 'the files in crds/ too'],
      'no-hooks': ['', 'no hooks'],
      'skip-tests': ['', 'no hooks that are tests'],
      'is-upgrade': ['', 'the chart is told that it is upgraded instead of installed'],
      'skip-schema-validation': ['', 'values need not fit values.schema.json'],
      'name-template': ['TEXT', 'a template that makes the name of the release'],
      'output-dir': ['DIR', 'writes a file for each template there instead of printing them'],
      'release-name': ['', "the folder there has the release's name"],
      time: ['TIME', 'what `now` is, such as 2026-01-31T12:00:00Z; refused without'],
      seed: ['TEXT', 'what random texts and numbers follow from; refused without'],
    } satisfies { [Flag in keyof typeof chartFlags]: FlagHelp },
    table: chartFlags,
    more: `The flags are Helm's, and --time and --seed. The chart is a folder or an archive; nothing is fetched from a repository, a cluster or a
network. docs/chart.md tells what is refused.`,
  },
  schema: {
    usage: 'schema [KIND]',
    does: 'prints the JSON Schema (draft-07) of IstioOperator or RenderIstio',
    more: 'Without a kind it is that of IstioOperator. Editors complete, explain and check fields with it.',
  },
  version: { usage: 'version', does: 'prints the versions of the program and of the Istio that it renders' },
  help: { usage: 'help [COMMAND | CODE]', does: 'prints this, or about a command or the code of a problem' },
}

const overview = `render-istio renders IstioOperators into the manifests of their mesh.

Overview:

  Out come the complete Kubernetes manifests, validated and in the order in which they are applied, for Argo CD,
  kpt, kustomize and Flux. The program never talks to a cluster or a network.

Usage:

  Without arguments it is a KRM function: it reads a ResourceList from standard input and writes it to standard output
  with the mesh of the IstioOperators in it. What an earlier run rendered is replaced; all else passes through. It is a
  mutator, and with mode: validate a validator. Declaratively it is named in a Kptfile; imperatively:

    kpt fn eval PACKAGE --image IMAGE -- environment=prod

FunctionConfig:

  The functionConfig is an IstioOperator, or a RenderIstio of render-istio.dev/v1alpha1 with these fields in its spec,
  or a ConfigMap with the same as text. Each field is optional:

  engine        who applies the output: argocd, kpt (the default), flux or none
  mode          render (the default), or validate: the items go back as they came
  compat        istioctl: what istioctl lets through is a warning; engine none
  environment   preset of settings: dev, test, staging or prod
  kubeVersion   the Kubernetes version of the cluster
  previousVersion  the Istio release that the cluster runs so far
  profile       the profile of every control plane
  set           a list of path=value
  merge         how lists are merged: lists and paths, each replace, append or merge
  waves         start and step of the waves
  allowEmpty    whether a mesh without any object is fine
  keep          changes for GitOps that are not made
  charts        path and components: charts to render instead of what is bundled
  patches       patches of the whole mesh
  problems      levels by code (off, warn, error), and ignore: a list of code, path and reason

Examples:

  apiVersion: render-istio.dev/v1alpha1
  kind: RenderIstio
  metadata:
    name: render-istio
    annotations:
      config.kubernetes.io/local-config: "true"
  spec:
    environment: prod
    set: [values.global.network=network1]

Commands:

COMMANDS

render-istio help COMMAND tells more of one. Exit codes: 0 fine, 1 the input is wrong, 2 usage, 3 a bug of ours.
`

/** `render-istio help`: documentation on standard output, which is also what kpt shows of the function. */
export function help([topic, ...more]: readonly string[]): Outcome {
  const text =
    more.length > 0 ? undefined : topic === undefined ? overviewText() : (commandText(topic) ?? codeText(topic))
  if (text !== undefined) return { stdout: text, problems: [], exitCode: 0 }
  const asked = [topic, ...more].join(' ')
  const known = [...Object.keys(helpOfCommands), ...problemCodes()]
  const [close] = nearest(asked, known)
  return {
    stdout: '',
    problems: [
      {
        code: 'usage',
        severity: 'error',
        message: `\`help\` must be followed by a command or the code of a problem; "${asked}" is neither`,
        hint: close ? `did you mean "${close}"?` : `commands are ${Object.keys(helpOfCommands).join(', ')}.`,
      },
    ],
    exitCode: 2,
  }
}

function overviewText(): string {
  const rows = Object.entries(helpOfCommands).map(([name, { does }]) => [name, does] as const)
  return overview.replace('COMMANDS\n', () => columns(rows))
}

function commandText(name: string): string | undefined {
  if (!Object.hasOwn(helpOfCommands, name)) return undefined
  const { usage, does, flags = {}, table = {}, more } = helpOfCommands[name] as CommandHelp
  const rows = Object.entries(flags).map(([flag, [takes, about]]) => {
    const short = table[flag]?.short
    return [`${short ? `-${short}, ` : '    '}--${flag}${takes ? ` ${takes}` : ''}`, about] as const
  })
  const parts = [`render-istio ${usage}\n`, `${does.charAt(0).toUpperCase()}${does.slice(1)}.\n`]
  if (more) parts.push(`${more}\n`)
  if (rows.length > 0) parts.push(`Flags:\n\n${columns(rows)}`)
  return parts.join('\n')
}

function codeText(code: string): string | undefined {
  const kind = problemKind(code)
  if (!kind) return undefined
  return `${code}: ${kind.title}\n\n${kind.about}\n\n${gradeText(kind)}\n`
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}\n`).join('')
}
