import { map } from '../../components/words.ts'
import { isOperator } from '../../istio/operator.ts'
import type { Report } from '../../problem.ts'
import { defaultSettings, readSettings, type Settings, settingsOfConfigMap } from '../../settings.ts'
import type { Document } from '../../yaml/document.ts'
import { readDocuments } from '../../yaml/read.ts'
import { writeYaml } from '../../yaml/write.ts'
import { fileOf } from './annotations.ts'
import type { ResourceList } from './resource-list.ts'

const settingsVersion = 'render-istio.dev/v1alpha1'

/**
 * The settings that the function's configuration holds: a RenderIstio, or a ConfigMap with the same as text. Reports
 * `function-config`, and what `readSettings` reports.
 */
export function settingsOf({ functionConfig }: ResourceList, report: Report): Settings {
  const base: Settings = { ...defaultSettings, engine: 'kpt' }
  if (functionConfig === undefined || functionConfig === null || isOperator(functionConfig)) return base
  const { apiVersion, kind, spec, data } = map(functionConfig)
  const file = fileOf(functionConfig) ?? 'functionConfig'
  let own: Document | undefined
  const at: Parameters<typeof readSettings>[2] = ([name = ''], part) => {
    own ??= readDocuments(writeYaml(functionConfig), file, () => undefined)[0]
    return own?.locate([kind === 'ConfigMap' ? 'data' : 'spec', name], part)
  }
  if (kind === 'RenderIstio' && apiVersion === settingsVersion) return readSettings(spec, base, at, report)
  if (kind === 'ConfigMap' && apiVersion === 'v1') return readSettings(settingsOfConfigMap(data), base, at, report)
  report({
    code: 'function-config',
    severity: 'error',
    message: `the functionConfig must be an IstioOperator, a RenderIstio or a ConfigMap; it is a "${kind}" of "${apiVersion}"`,
    path: 'kind',
    at: { file, line: 1, col: 1 },
    hint: `write \`apiVersion: ${settingsVersion}\` and \`kind: RenderIstio\`.`,
  })
  return base
}
