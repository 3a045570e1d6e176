/**
 * What istiod's injector does to a pod around its templates, as far as the whole-pod cases in ../shared go (its facts
 * are in inject-facts.md, section 6): the data for the templates, the merge, and what is done to the merged pod. The
 * configuration and the templates are those of a ConfigMap that we rendered.
 */
import { errorText } from '../../src/gotemplate/error.ts'
import { execute } from '../../src/gotemplate/exec.ts'
import { parse } from '../../src/gotemplate/parse.ts'
import { strategicMerge } from '../../src/k8s/merge.ts'
import { isMap } from '../../src/k8s/object.ts'
import { type Json, templateData } from './injection-cases.ts'
import { compactJson, injectionFunctions } from './injection-functions.ts'
import { asStored, type Container, type Fields, list, map, type Pod, parsedYaml, texts } from './injector-pod.ts'
import { rewriteProbes } from './injector-probes.ts'

export interface Injector {
  /** The ConfigMap's `config`, parsed. */
  readonly config: Fields
  /** The ConfigMap's `values`, with what a case lays over them. */
  readonly values: Fields
  readonly mesh: Fields
  readonly revision: string
  readonly nativeSidecars: boolean
  /** Data of some case, for all the fields that a pod doesn't decide. */
  readonly sample: Fields
}

/** Who owns a pod. */
export interface Owner {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

const ignoredNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']

/** The pod with all that the injector puts into it, in the form in which Go's types write it. */
export function inject(given: Pod, owner: Owner, injector: Injector): Pod {
  const original = asStored(given)
  if (original.spec.hostNetwork === true || ignoredNamespaces.includes(owner.namespace)) return original
  const { names, templates } = chosen(original, injector.config)
  const data = templateData(dataOf(original, owner, injector))
  const patches = names.map((name) => rendered(name, texts(templates)[name] ?? '', data))
  const patched = patches.reduce(
    (pod, patch) => merged('core/v1.PodTemplateSpec', pod, patch) as unknown as Pod,
    original,
  )
  const template = patches.reduce<Fields>((all, patch) => merged('core/v1.PodTemplateSpec', all, patch), {})
  return asStored(finished(overridden(asStored(patched), original, template), original, template, injector))
}

/** The names of the templates that the pod gets. */
function chosen(pod: Pod, { defaultTemplates, templates, aliases }: Fields) {
  const asked = texts(pod.metadata.annotations)['inject.istio.io/templates']
  const names = asked?.split(',').map((name) => name.trim()) ?? (list(defaultTemplates) as string[])
  const resolved = names.flatMap((name) => (map(aliases)[name] as string[] | undefined) ?? [name])
  for (const name of resolved) if (!(name in map(templates))) throw new Error(`requested template "${name}" not found`)
  return { names: resolved, templates }
}

function rendered(name: string, text: string, data: unknown): Fields {
  const parsed = parse('inject', text, { functions: injectionFunctions })
  if ('error' in parsed) throw new Error(`${name}: ${errorText(parsed.error)}`)
  const executed = execute(parsed.template, data, { functions: injectionFunctions })
  if ('error' in executed) throw new Error(`${name}: ${errorText(executed.error)}`)
  return map(parsedYaml(executed.output))
}

function merged(type: Parameters<typeof strategicMerge>[0], original: unknown, patch: unknown): Fields {
  return map(
    strategicMerge(type, original, patch, ({ message }) => {
      throw new Error(message)
    }),
  )
}

// The data for the templates

function dataOf({ metadata, spec }: Pod, owner: Owner, injector: Injector): Json {
  const { values, mesh, revision, nativeSidecars, sample } = injector
  const annotations = texts(metadata.annotations)
  const own = annotations['proxy.istio.io/config']
  const proxy = { ...map(mesh.defaultConfig), ...map(own === undefined ? {} : parsedYaml(own)) }
  const data = {
    ...sample,
    TypeMeta: { APIVersion: owner.apiVersion, Kind: owner.kind },
    DeploymentMeta: { Name: owner.name, Namespace: owner.namespace },
    ObjectMeta: { Labels: texts(metadata.labels), Annotations: annotations },
    Spec: { ServiceAccountName: spec.serviceAccountName ?? '', Containers: spec.containers.map(containerData) },
    ProxyConfig: {
      ...map(sample.ProxyConfig),
      ProxyMetadata: texts(proxy.proxyMetadata),
      HoldApplicationUntilProxyStarts:
        proxy.holdApplicationUntilProxyStarts === undefined
          ? null
          : { GetValue: proxy.holdApplicationUntilProxyStarts },
      __json: { ...map(map(sample.ProxyConfig).__json), ...proxy },
    },
    MeshConfig: {
      ...map(sample.MeshConfig),
      TrustDomain: mesh.trustDomain,
      ExtensionProviders: list(mesh.extensionProviders).map(providerData),
    },
    Values: values,
    Revision: revision,
    NativeSidecars: nativeSidecars,
    ProxyImage: proxyImage(annotations, proxy, map(values.global)),
  }
  return data as unknown as Json
}

function containerData({ name, image, ports }: Container) {
  return { Name: name, Image: image ?? '', Ports: (ports ?? []).map((port) => ({ __json: port })) }
}

function providerData(provider: unknown) {
  const { serviceAttributeEnrichment } = map(map(provider).opentelemetry)
  return { Provider: { Opentelemetry: { ServiceAttributeEnrichment: { String: serviceAttributeEnrichment ?? '' } } } }
}

function proxyImage(annotations: Readonly<Record<string, string>>, proxy: Fields, global: Fields): string {
  const configured = isMap(proxy.image) ? proxy.image.imageType : global.variant
  const type = annotations['sidecar.istio.io/proxyImageType'] ?? (configured as string)
  const plain = String(global.tag).replace(/-(?:distroless|debug)$/, '')
  const tag = type === '' ? global.tag : type === 'default' ? plain : `${plain}-${type}`
  return `${global.hub}/${map(global.proxy).image}:${tag}`
}

// What is done to the merged pod

/** What the user says of containers that a template has too is laid over them once more. */
function overridden(pod: Pod, original: Pod, template: Fields): Pod {
  const injected = new Set(names(map(template.spec).containers))
  const own = new Map(original.spec.containers.filter(({ name }) => injected.has(name)).map((one) => [one.name, one]))
  if (own.size === 0) return pod
  const kept = [...own.values()].map(({ image, ...rest }) =>
    image === 'auto' || image === undefined ? rest : { image, ...rest },
  )
  const containers = pod.spec.containers.map((container) => {
    const mine = kept.find(({ name }) => name === container.name)
    const { resources, ...said } = mine ?? {}
    const isSilent = Object.keys(map(resources)).length === 0
    return merged('core/v1.Container', container, isSilent ? said : { ...said, resources }) as unknown as Container
  })
  const overrides = compactJson({ containers: kept })
  return {
    metadata: { ...pod.metadata, annotations: { ...pod.metadata.annotations, 'proxy.istio.io/overrides': overrides } },
    spec: { ...pod.spec, containers, initContainers: asUser(pod, own.get('istio-proxy')) },
  }
}

/** The user of a proxy is the one whose traffic isn't redirected, and who validates the redirection. */
function asUser({ spec: { initContainers = [] } }: Pod, proxy: Container | undefined): readonly Container[] {
  const { runAsUser, runAsGroup } = map(proxy?.securityContext)
  if (runAsUser === undefined) return initContainers
  return initContainers.map((container) => {
    const { name, args = [], securityContext } = container
    if (name !== 'istio-init' && name !== 'istio-validation') return container
    const user = args.indexOf('-u') + 1
    const ids = name === 'istio-validation' ? { runAsUser, runAsGroup } : {}
    return {
      ...container,
      args: args.with(user, String(runAsUser)),
      securityContext: { ...map(securityContext), ...ids },
    }
  })
}

function finished(pod: Pod, original: Pod, template: Fields, injector: Injector): Pod {
  const { values, mesh, config } = injector
  const { multiCluster, network: configured } = map(values.global)
  const network = texts(original.metadata.labels)['topology.istio.io/network'] ?? (configured as string)
  const known = [
    ['ISTIO_META_CLUSTER_ID', map(multiCluster).clusterName as string],
    ['ISTIO_META_NETWORK', network],
  ].filter((variable): variable is [string, string] => variable[1] !== '')
  const labelled = network === '' ? {} : { 'topology.istio.io/network': network }
  const scraped = {
    'prometheus.io/port': '15020',
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/scrape': 'true',
  }
  const annotations: Readonly<Record<string, string>> = {
    ...pod.metadata.annotations,
    ...(mesh.enablePrometheusMerge !== false && scraped),
    'sidecar.istio.io/status': status(template, injector),
    ...texts(config.injectedAnnotations),
  }
  const withEnv = eachContainer(pod, (container) =>
    container.name === 'istio-proxy' ? moved(container, known) : container,
  )
  const rewrites = texts(annotations)['sidecar.istio.io/rewriteAppHTTPProbers']
  const webhook = map(values.sidecarInjectorWebhook)
  const isRewritten = rewrites === undefined ? webhook.rewriteAppHTTPProbe === true : rewrites === 'true'
  const port = Number(annotations['status.sidecar.istio.io/port'] ?? 15020)
  const { spec } = isRewritten ? rewriteProbes(withEnv, port) : withEnv
  return {
    metadata: { ...pod.metadata, labels: { ...texts(pod.metadata.labels), ...labelled }, annotations },
    spec: { ...spec, ...ordered(spec, holds(original, mesh)) },
  }
}

function holds({ metadata }: Pod, mesh: Fields): boolean {
  const own = map(parsedYaml(texts(metadata.annotations)['proxy.istio.io/config'] ?? '{}'))
  return (own.holdApplicationUntilProxyStarts ?? map(mesh.defaultConfig).holdApplicationUntilProxyStarts) === true
}

/** Variables that are known from elsewhere, at the end and instead of the template's. */
function moved(container: Container, variables: readonly (readonly [string, string])[]): Container {
  const others = (container.env ?? []).filter(({ name }) => variables.every(([known]) => known !== name))
  return { ...container, env: [...others, ...variables.map(([name, value]) => ({ name, value }))] }
}

function eachContainer({ metadata, spec }: Pod, change: (container: Container) => Container): Pod {
  const { containers, initContainers = [] } = spec
  return { metadata, spec: { ...spec, containers: containers.map(change), initContainers: initContainers.map(change) } }
}

function status(template: Fields, { revision }: Injector): string {
  const { initContainers, containers, volumes, imagePullSecrets } = map(template.spec)
  const parts = Object.entries({ initContainers, containers, volumes, imagePullSecrets })
  const named = parts.map(([part, members]) => [part, list(members).length === 0 ? null : names(members)])
  return compactJson({ ...Object.fromEntries(named), revision: revision || 'default' })
}

function names(members: unknown): string[] {
  return list(members).map((member) => map(member).name as string)
}

/** The proxy starts last, unless the others wait for it; a native one, and what prepares it, before the user's own. */
function ordered({ containers, initContainers = [] }: Pod['spec'], proxyFirst: boolean) {
  const isNative = initContainers.some(({ name }) => name === 'istio-proxy')
  const first = isNative ? ['istio-init', 'istio-validation', 'istio-proxy'] : ['istio-validation']
  return {
    containers: placed(containers, proxyFirst ? ['istio-proxy'] : [], proxyFirst ? [] : ['istio-proxy']),
    initContainers: placed(initContainers, first, isNative ? [] : ['istio-init']),
  }
}

function placed(all: readonly Container[], first: readonly string[], last: readonly string[]): Container[] {
  const pick = (wanted: readonly string[]) => wanted.flatMap((name) => all.filter((one) => one.name === name))
  return [...pick(first), ...all.filter(({ name }) => ![...first, ...last].includes(name)), ...pick(last)]
}
