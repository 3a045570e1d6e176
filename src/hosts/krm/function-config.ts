import { map } from '../../components/words.ts'
import { isOperator } from '../../istio/operator.ts'
import { isMap } from '../../k8s/object.ts'
import { dotted, type Path, type Position, type Report } from '../../problem.ts'
import { defaultSettings, readSettings, type Settings, settingsOfConfigMap } from '../../settings.ts'
import type { Document } from '../../yaml/document.ts'
import { readDocuments } from '../../yaml/read.ts'
import { fileOf } from './annotations.ts'
import { locateInItem } from './items.ts'
import type { ResourceList } from './resource-list.ts'

const settingsVersion = 'render-istio.dev/v1alpha1'

/**
 * The settings that the function's configuration holds: a RenderIstio, or a ConfigMap with the same as text. Reports
 * `function-config`, and what `readSettings` reports.
 */
export function settingsOf({ functionConfig, configText }: ResourceList, report: Report): Settings {
  const base: Settings = { ...defaultSettings, engine: 'kpt' }
  if (functionConfig === undefined || functionConfig === null || isOperator(functionConfig)) return base
  const file = fileOf(functionConfig) ?? 'functionConfig'
  const locate = locateInItem(functionConfig, configText, file, 'functionConfig')
  const at = { file, line: 1, col: 1, item: 'functionConfig' } as const
  return settingsIn({ value: functionConfig, file, at, locate }, base, report)
}

/** What a settings file says, and whether an engine is among it. */
export interface Configuration {
  readonly settings: Settings
  readonly namesEngine: boolean
}

/** The settings of a file that holds such a document. Reports `function-config`, and what reading it reports. */
export function readConfiguration(text: string, file: string, base: Settings, report: Report): Configuration {
  const documents = readDocuments(text, file, report)
  const [document = { value: {}, file, at: { file, line: 1, col: 1 }, locate: () => undefined }, second] = documents
  if (second) report(unfit('the file must hold one document; it holds several', second.at))
  if (second || isOperator(document.value)) {
    if (!second)
      report(unfit('the file must hold a RenderIstio or a ConfigMap; it holds an IstioOperator', document.at))
    return { settings: base, namesEngine: false }
  }
  const { spec, data } = map(document.value)
  return {
    settings: settingsIn(document, base, report),
    namesEngine: map(spec).engine !== undefined || map(data).engine !== undefined,
  }
}

function settingsIn(document: Document, base: Settings, report: Report): Settings {
  const { apiVersion, kind, spec, data } = map(document.value)
  if (kind === 'RenderIstio' && apiVersion === settingsVersion) {
    return readSettings(spec, base, (path, part) => document.locate(['spec', ...path], part), report)
  }
  if (kind === 'ConfigMap' && apiVersion === 'v1') {
    const own = (path: Path) => (path.length === 0 ? ['data'] : ['data', dataKey(map(data), path)])
    const at = (path: Path, part?: 'key' | 'value') => document.locate(own(path), part)
    const settings = isMap(data ?? {}) ? settingsOfConfigMap(data) : data
    return readSettings(settings, base, at, report, (path) => dotted(own(path)))
  }
  const message = `the functionConfig must be an IstioOperator, a RenderIstio or a ConfigMap; it is a "${kind}" of "${apiVersion}"`
  report(unfit(message, document.at))
  return base
}

/** The key of a ConfigMap's data in which a setting is written: dots stand for nesting. */
function dataKey(data: { readonly [key: string]: unknown }, path: Path): string {
  const keys = Object.keys(data)
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).join('.')
    if (keys.includes(name)) return name
  }
  return keys.find((key) => key.startsWith(`${path[0]}.`)) ?? String(path[0])
}

function unfit(message: string, at: Position) {
  return {
    code: 'function-config',
    severity: 'error',
    message,
    path: 'kind',
    at,
    hint: `write \`apiVersion: ${settingsVersion}\` and \`kind: RenderIstio\`.`,
  } as const
}
