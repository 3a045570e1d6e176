import { map } from '../../components/words.ts'
import { isOperator } from '../../istio/operator.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { Position, Report } from '../../problem.ts'
import { readDocuments } from '../../yaml/read.ts'
import { writeYaml } from '../../yaml/write.ts'
import { annotationsOf, localConfig } from './annotations.ts'
import { configText, type ItemText, isTextOf, itemTexts } from './items.ts'
import { withLocalConfig } from './local-config.ts'

const versions = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1', 'config.kubernetes.io/v1alpha1']

/** A ResourceList as it came in. */
export interface ResourceList {
  readonly apiVersion: string
  readonly items: readonly Item[]
  readonly functionConfig: unknown
  /** The text of the configuration, when the list could be cut into pieces. */
  readonly configText?: ItemText | undefined
}

export interface Item {
  readonly value: unknown
  /** Its text, when the list could be cut into pieces. */
  readonly text: ItemText | undefined
}

/** The list in a text. Reports `not-a-resource-list`, and what the YAML reader reports. */
export function readList(text: string, report: Report): ResourceList | undefined {
  let isText = true
  const [document, second] = readDocuments(text, 'stdin', (problem) => {
    isText &&= problem.severity !== 'error'
    report(problem)
  })
  if (!isText) return undefined
  const value = map(document?.value)
  const refuse = (message: string, at: Position = { file: 'stdin', line: 1, col: 1 }) => {
    const hint = 'without arguments this is a KRM function; to render a file use `render-istio generate -f FILE`.'
    report({ code: 'not-a-resource-list', severity: 'error', message, at, hint })
    return undefined
  }
  if (value.kind !== 'ResourceList' || !versions.includes(String(value.apiVersion))) {
    return refuse('stdin must hold a ResourceList of "config.kubernetes.io/v1"', document?.at)
  }
  if (second) return refuse('stdin must hold one ResourceList and nothing behind it', second.at)
  if (!Array.isArray(value.items ?? [])) {
    return refuse('`items` of the ResourceList must be a list', document?.locate(['items'], 'value'))
  }
  const items = Array.isArray(value.items) ? value.items : []
  const texts = itemTexts(text, items.length)
  return {
    apiVersion: String(value.apiVersion),
    items: items.map((item, index) => ({ value: item, text: texts?.[index] })),
    functionConfig: value.functionConfig,
    configText: configText(text),
  }
}

/** An item as it came in. */
export function itemText({ value, text }: Item): ItemText {
  return text !== undefined && isTextOf(text, value) ? text : writeYaml([value]).trimEnd()
}

/** An item that is kept, as text; the IstioOperators are marked so that no engine applies them. */
export function marked(item: Item): ItemText {
  const said = annotationsOf(item.value)[localConfig] ?? 'false'
  return isOperator(item.value) && said === 'false' ? withLocalConfig(item.text, item.value) : itemText(item)
}

/** The list with these items, the rendered objects behind them, and what the run has to tell. */
export function writeList(
  list: ResourceList,
  kept: readonly ItemText[],
  rendered: readonly KubeObject[],
  told: unknown[],
): string {
  const { apiVersion, functionConfig } = list
  const items = [...kept, ...(rendered.length > 0 ? [writeYaml(rendered).trimEnd()] : [])]
  return [
    `apiVersion: ${apiVersion}\nkind: ResourceList\n`,
    items.length > 0 ? `items:\n${items.join('\n')}\n` : 'items: []\n',
    functionConfig === undefined ? '' : writeYaml({ functionConfig }),
    told.length > 0 ? writeYaml({ results: told }) : '',
  ].join('')
}
