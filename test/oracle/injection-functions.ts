import type { GoFunction } from '../../src/gotemplate/builtins.ts'
import { sprint } from '../../src/gotemplate/format.ts'
import { quote } from '../../src/gotemplate/quote.ts'
import { bytesOf, textOf } from '../../src/gotemplate/utf8.ts'
import { sortedKeys, truth, typed } from '../../src/gotemplate/value.ts'
import { toGoYaml } from '../../src/yaml/go-yaml.ts'
import type { Json } from './injection-cases.ts'

type Texts = Readonly<Record<string, string>>

/** What istiod's injector offers to its templates, as far as ours use it: its own functions and the text ones of sprig. */
export const injectionFunctions: Readonly<Record<string, GoFunction>> = {
  // sprig's
  append: { parameters: ['list', 'any'], call: (list: unknown[], item: unknown) => [...list, item] },
  default: {
    parameters: ['any'],
    rest: 'any',
    call: (fallback: unknown, value: unknown) => (truth(value) ? value : fallback),
  },
  join: {
    parameters: ['string', 'list'],
    call: (by: string, list: unknown[]) => list.map((x) => sprint([x])).join(by),
  },
  list: { parameters: [], rest: 'any', call: (...items: unknown[]) => items },
  nindent: { parameters: ['int', 'string'], call: (n: bigint, text: string) => `\n${blanks(n)}${indented(n, text)}` },
  quote: {
    parameters: [],
    rest: 'any',
    call: (...values: unknown[]) =>
      values
        .filter((value) => value !== null)
        .map((value) => quote(sprint([value])))
        .join(' '),
  },
  trimSuffix: {
    parameters: ['string', 'string'],
    call: (suffix: string, text: string) =>
      suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  },
  trunc: { parameters: ['int', 'string'], call: (n: bigint, text: string) => truncated(Number(n), text) },

  // The injector's own; `contains`, `indent` and `omit` take the place of sprig's.
  annotation: {
    parameters: ['any', 'string', 'any'],
    call: ({ Annotations }: { Annotations: Texts }, name: string, fallback: unknown) =>
      Object.hasOwn(Annotations, name) ? Annotations[name] : sprint([fallback]),
  },
  appendMultusNetwork: { parameters: ['string', 'string'], call: withNetwork },
  contains: { parameters: ['string', 'string'], call: (needle: string, text: string) => text.includes(needle) },
  directory: { parameters: ['string'], call: (path: string) => path.slice(0, path.lastIndexOf('/') + 1) },
  excludeInboundPort: { parameters: ['any', 'string'], call: withPort },
  fromJSON: { parameters: ['string'], call: (text: string) => parsed(text) ?? '{}' },
  indent: { parameters: ['int', 'string'], call: indented },
  isset: { parameters: ['any', 'string'], call: (map: object, key: string) => Object.hasOwn(map, key) },
  omit: {
    parameters: ['any'],
    rest: 'string',
    call: (map: Texts, ...keys: string[]) =>
      textMap(Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)))),
  },
  omitNil: { parameters: ['any'], call: (value: Json) => withoutNil(value) ?? null },
  otelResourceAttributes: { parameters: ['any', 'any', 'any', 'string', 'list'], call: resourceAttributes },
  protoToJSON: { parameters: ['any'], call: proxyConfigText },
  strdict: {
    parameters: [],
    rest: 'string',
    call: (...words: string[]) =>
      textMap(Object.fromEntries(words.flatMap((key, i) => (i % 2 === 0 ? [[key, words[i + 1] ?? '']] : [])))),
  },
  structToJSON: {
    parameters: ['any'],
    call: (value: { __json?: Json } | null) => compactJson(value?.__json ?? value ?? {}),
  },
  toJsonMap: {
    parameters: [],
    rest: 'any',
    call: (...maps: Texts[]) => compactJson(sorted(Object.assign({}, ...maps))),
  },
  toLower: { parameters: ['string'], call: (text: string) => text.toLowerCase() },
  toYaml: { parameters: ['any'], call: toGoYaml },
  valueOrDefault: {
    parameters: ['any', 'any'],
    call: (value: unknown, fallback: unknown) => (value === null || value === '' ? fallback : value),
  },
}

function blanks(n: bigint): string {
  return ' '.repeat(Number(n))
}

/** Every line but the first moved to the right. */
function indented(n: bigint, text: string): string {
  return text.replaceAll('\n', `\n${blanks(n)}`)
}

/** The first n bytes, or the last ones if n is negative. */
function truncated(n: number, text: string): string {
  const bytes = bytesOf(text)
  if (bytes.length <= Math.abs(n)) return text
  return textOf(n < 0 ? bytes.slice(n) : bytes.slice(0, n))
}

function textMap(map: Texts): Texts {
  return typed(map, { name: 'map[string]string', zero: '' })
}

function sorted(map: Texts): Texts {
  return Object.fromEntries(sortedKeys(map).map((key) => [key, map[key] ?? '']))
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** JSON as Go's encoder writes it: without blanks, and with nothing that would end a script in HTML. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The port appended to a comma list that does not name it yet. An item with blanks around it does not count. */
function withPort(port: unknown, list: string): string {
  const added = sprint([port]).trim()
  const items = list.split(',')
  if (added === '' || added === '0' || items.includes(added)) return list
  return [...items.map((item) => item.trim()).filter((item) => item !== ''), added].join(',')
}

/** A pod's networks, a comma list or a JSON list of objects, with one more; text that is no valid JSON stays. */
function withNetwork(networks: string, network: string): string {
  if (networks === '') return network
  const end = networks.lastIndexOf(']')
  if (end < 0) {
    const isListed = networks.split(',').some((item) => item.trim() === network)
    return isListed ? networks : `${networks}, ${network}`
  }
  const entries = parsed(networks)
  if (!Array.isArray(entries)) return networks
  const [namespace = '', name = ''] = network.split('/')
  const isListed = entries.some((entry) => {
    const { name: itsName, namespace: itsNamespace } = entry as Record<string, Json>
    return itsName === name && itsNamespace === namespace
  })
  if (isListed) return networks
  return `${networks.slice(0, end)}, {"name": "${name}", "namespace": "${namespace}"}${networks.slice(end)}`
}

/** The value without nulls; undefined where nothing is left once they are gone. What was empty before stays. */
function withoutNil(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const entries = Object.entries(value).map(([key, member]) => [key, withoutNil(member)] as const)
  const kept = entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined)
  if (kept.length === 0 && entries.length > 0) return undefined
  return Array.isArray(value) ? kept.map(([, member]) => member) : Object.fromEntries(kept)
}

/** Fields of a ProxyConfig that are left out of `PROXY_CONFIG` while they have these values. */
const proxyDefaults: Readonly<Record<string, Json>> = {
  configPath: './etc/istio/proxy',
  binaryPath: '/usr/local/bin/envoy',
  controlPlaneAuthPolicy: 'MUTUAL_TLS',
  serviceCluster: 'istio-proxy',
  drainDuration: '45s',
  terminationDrainDuration: '5s',
  discoveryAddress: 'istiod.istio-system.svc:15012',
  proxyAdminPort: 15000,
  statNameLength: 189,
  statusPort: 15020,
}

function proxyConfigText(config: { readonly __json: Readonly<Record<string, Json>> } | null): string {
  if (config === null) return '{}'
  return compactJson(
    Object.fromEntries(Object.entries(config.__json).filter(([field, value]) => proxyDefaults[field] !== value)),
  )
}

interface Mesh {
  readonly ExtensionProviders: readonly { readonly Provider: Readonly<Record<string, OtelProvider>> | null }[]
}

interface OtelProvider {
  readonly ServiceAttributeEnrichment?: { readonly String: string }
}

interface Container {
  readonly Name: string
  readonly Image: string
}

/** The pod in OpenTelemetry's terms, once some provider of the mesh asks for its semantic conventions. */
function resourceAttributes(
  { ExtensionProviders }: Mesh,
  annotations: Texts,
  labels: Texts,
  namespace: string,
  containers: readonly Container[],
): string {
  const isWanted = ExtensionProviders.some(
    ({ Provider }) => Provider?.Opentelemetry?.ServiceAttributeEnrichment?.String === 'OTEL_SEMANTIC_CONVENTIONS',
  )
  if (!isWanted) return ''
  const [first] = containers
  const annotated = (name: string) => annotations[`resource.opentelemetry.io/service.${name}`]
  const attributes = {
    namespace: annotated('namespace') || namespace,
    version:
      annotated('version') ||
      labels['app.kubernetes.io/version'] ||
      (first && containers.length === 1 ? imageVersion(first.Image) : ''),
    'instance.id': annotated('instance.id') || (first ? `${namespace}.$(POD_NAME).${first.Name}` : ''),
  }
  return Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `service.${name}=${value}`)
    .join(',')
}

/** The tag of an image reference, its digest, or both with an `@` between. */
function imageVersion(image: string): string {
  const [reference = '', digest = ''] = image.split('@')
  const colon = reference.lastIndexOf(':')
  const tag = colon > reference.lastIndexOf('/') ? reference.slice(colon + 1) : ''
  return [tag, digest].filter((part) => part !== '').join('@')
}
