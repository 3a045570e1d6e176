import { map } from '../components/words.ts'
import { isOperator, operatorApiVersion } from '../istio/operator.ts'
import { isMap } from '../k8s/object.ts'
import { described } from '../k8s/path.ts'
import { nearest, type Report } from '../problem.ts'
import type { Document } from '../yaml/document.ts'
import { readDocuments } from '../yaml/read.ts'
import type { Plane } from './2-resolve.ts'
import { profileName } from './resolve/profiles.ts'

/**
 * Stage 1, for a text that somebody handed over as an IstioOperator (`-f`): its one document, or nothing when the text
 * is empty. What else a document calls itself doesn't count for istioctl, as long as it has a kind.
 *
 * Reports `yaml-syntax` and its like, `missing-kind`, `several-operators`, `not-an-operator`.
 */
export function readOperator(text: string, file: string, report: Report): Document | undefined {
  const documents = readDocuments(text, file, report)
  const [first, second] = documents
  const nameless = documents.filter(({ value }) => !isNamed(value))
  for (const document of nameless) report(isMap(document.value) ? missingKind(document) : noMap(document))
  if (second && isNamed(second.value)) {
    report({
      code: 'several-operators',
      severity: 'error',
      message: `a file given as one input must hold one IstioOperator; "${file}" holds ${documents.length} documents`,
      at: second.at,
      hint: 'split the file, or put it into a directory: there each IstioOperator is a control plane of its own.',
    })
  }
  if (first && isNamed(first.value) && !isOperator(first.value)) report(notAnOperator(first))
  if (first && isBehindBlank(text, first)) {
    report(behindBlank(first))
    return undefined
  }
  return first
}

/** Whether another document, without content, stands before this one. */
function isBehindBlank(text: string, { at }: Document): boolean {
  const before = text.split('\n', at.line)
  return before.filter((line) => /^---(\s|$)/.test(line)).length > 1
}

/** istioctl reads the first document of a file and nothing else. */
function behindBlank({ file, at }: Document) {
  return {
    code: 'several-operators',
    severity: 'error',
    istioctl: 'warning',
    message: `the IstioOperator must be the first document of its file; "${file}" begins with a blank one`,
    at,
    hint: 'remove the `---` before it that is one too many; istioctl renders such a file as if it were empty.',
  } as const
}

function isNamed(value: unknown): boolean {
  const { kind } = map(value)
  return typeof kind === 'string' && kind !== ''
}

function noMap(document: Document) {
  return {
    code: 'missing-kind',
    severity: 'error',
    message: `the document must be an IstioOperator; it is ${described(document.value)}`,
    path: 'kind',
    at: document.at,
    hint: startHint,
  } as const
}

function missingKind(document: Document) {
  const { kind } = map(document.value)
  const other = otherKey(document, 'kind')
  const isWrong = kind !== undefined && kind !== null && kind !== ''
  const none = other === undefined ? '' : `; "${other}" is none`
  return {
    code: 'missing-kind',
    severity: 'error',
    message: isWrong ? `\`kind\` must be text; it is ${described(kind)}` : `the document must have a \`kind\`${none}`,
    path: 'kind',
    at: (other === undefined ? document.locate(['kind'], 'value') : document.locate([other], 'key')) ?? document.at,
    hint: other === undefined ? startHint : 'did you mean `kind`?',
  } as const
}

const startHint = `start it with \`apiVersion: ${operatorApiVersion}\` and \`kind: IstioOperator\`.`

function notAnOperator(document: Document) {
  const { apiVersion, kind } = map(document.value)
  const isNamed = kind === 'IstioOperator'
  const group = typeof apiVersion === 'string' ? `of "${apiVersion}"` : 'without an `apiVersion`'
  const other = isNamed ? otherKey(document, 'apiVersion') : undefined
  const [close] = isNamed ? [] : nearest(String(kind), ['IstioOperator'])
  return {
    code: 'not-an-operator',
    severity: 'error',
    message: `the input must be an IstioOperator of "${operatorApiVersion}"; this is a "${kind}" ${group}`,
    path: isNamed ? 'apiVersion' : 'kind',
    at:
      (other === undefined
        ? document.locate([isNamed ? 'apiVersion' : 'kind'], 'value')
        : document.locate([other], 'key')) ?? document.at,
    hint:
      other === undefined && close === undefined
        ? `write \`apiVersion: ${operatorApiVersion}\` and \`kind: IstioOperator\`.`
        : `did you mean ${other === undefined ? `"${close}"` : '`apiVersion`'}?`,
  } as const
}

/** The key that stands where another one is meant. */
function otherKey(document: Document, meant: string): string | undefined {
  const value = map(document.value)
  return Object.hasOwn(value, meant) ? undefined : nearest(meant, Object.keys(value))[0]
}

/** Stage 1, for a text found among others: every IstioOperator in it. Reports what the YAML reader reports. */
export function readOperators(text: string, file: string, report: Report): Document[] {
  // A folder holds all sorts of files; only those that speak of an IstioOperator are worth reading.
  if (!text.includes('IstioOperator')) return []
  return readDocuments(text, file, report).filter(({ value }) => isOperator(value))
}

/** `namespace/name` of an IstioOperator; a plane without a name is called after what istioctl calls it. */
export function operatorName(operator: unknown): string {
  const { namespace, name } = map(map(operator).metadata)
  return `${typeof namespace === 'string' && namespace ? namespace : 'istio-system'}/${typeof name === 'string' && name ? name : 'installed-state'}`
}

/**
 * The control planes among IstioOperators that stand side by side: each one is a plane of its own, unless another one
 * names it as its profile, by its name or by the path of its file.
 */
export function planesOf(operators: readonly Document[]): { planes: Plane[]; profiles: readonly Document[] } {
  const profiles = new Set(
    operators.flatMap((from) => {
      const name = profileName(from.value)
      return (name !== undefined && operators.find((other) => other !== from && isCalled(other, name, from))) || []
    }),
  )
  return {
    planes: operators
      .filter((document) => !profiles.has(document))
      .map((document) => ({ owner: operatorName(document.value), documents: [document] }))
      // What several of them share belongs to the first one, whatever order they come in.
      .sort((a, b) => Number(a.owner > b.owner) - Number(a.owner < b.owner)),
    profiles: [...profiles],
  }
}

/** Whether a document is meant by what another one names as its profile. */
export function isCalled(document: Document, name: string, from: Document | undefined): boolean {
  if (map(map(document.value).metadata).name === name) return true
  const folder = from?.file.includes('/') ? from.file.slice(0, from.file.lastIndexOf('/') + 1) : ''
  return document.file === normalPath(`${folder}${name}`)
}

/** A path without `.` and, as far as they can be resolved, without `..` steps. */
function normalPath(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else if (step !== '.' && (step !== '' || steps.length === 0)) steps.push(step)
  }
  return steps.join('/')
}
