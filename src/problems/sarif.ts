import type { Position, Problem } from '../problem.ts'
import { byPosition, placeText, statement } from '../problem-text.ts'
import { version } from '../version.ts'
import { problemKind } from './catalogue.ts'
import type { Suppressed } from './judge.ts'
import { isInFile, type Told } from './told.ts'

/** Problems as SARIF 2.1.0, which code scanning reads; what is suppressed is in it with its reason. */
export function sarifForm({ problems, suppressed, passed }: Told): string {
  const accepted = new Map(suppressed.map(({ problem, by }) => [problem, by]))
  const all = byPosition([...problems, ...accepted.keys()])
  const codes = [...new Set(all.map(({ code }) => code))].sort()
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'render-istio', version, semanticVersion: version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, exitCode: passed ? 0 : 1 }],
        results: all.map((problem) => result(problem, codes.indexOf(problem.code), accepted.get(problem))),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const severities = { error: 'error', warning: 'warning', info: 'note' } as const

function rule(code: string) {
  const kind = problemKind(code)
  return {
    id: code,
    shortDescription: kind && { text: kind.title },
    fullDescription: kind && { text: kind.about },
    help: kind && { text: `${kind.about} \`render-istio help ${code}\` tells more.` },
    defaultConfiguration: kind && { level: severities[kind.severity] },
  }
}

function result(problem: Problem, ruleIndex: number, accepted: Suppressed['by'] | undefined) {
  const { code, severity, path, at } = problem
  const place = at && !isInFile(at) ? `${placeText(at)}: ` : ''
  return {
    ruleId: code,
    ruleIndex,
    level: severities[severity],
    message: { text: `${place}${statement(problem)}` },
    locations: [
      {
        physicalLocation: at && isInFile(at) ? physical(at) : undefined,
        logicalLocations: path === undefined ? undefined : [{ fullyQualifiedName: path, kind: 'member' }],
      },
    ],
    suppressions: accepted && [{ kind: 'external', justification: accepted.reason }],
  }
}

function physical({ file, line, col }: Position) {
  return { artifactLocation: { uri: uri(file) }, region: { startLine: line, startColumn: col } }
}

/** A relative path is a relative reference, in which a colon could be taken for the end of a scheme. */
function uri(file: string): string {
  const path = file.split(/[\\/]/).map(encodeURIComponent).join('/')
  if (path.startsWith('/')) return `file://${path}`
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace('%3A', ':')}` : path
}
