import { isBefore } from '../../charts/release.ts'
import { type Component, components } from '../../components/index.ts'
import { map, sorted } from '../../components/words.ts'
import { type Fields, isMap } from '../../k8s/object.ts'
import { dotted, type Path, type Report } from '../../problem.ts'
import type { Resolved } from '../2-resolve.ts'
import { asSet, put } from '../resolve/derive.ts'

/** One thing to render: a component, or one of several gateways. */
export interface Entry {
  readonly component: Component
  /** What the user set for it under `spec.components`. */
  readonly settings: Fields
  readonly path: Path
  readonly namespace: string
  /** The values that its chart is handed. */
  readonly values: Fields
}

/**
 * The components that are on, in the order of the table.
 *
 * An entry is on unless it says `enabled: false`; a component without an entry follows the table. A list of gateways
 * is taken as it is, and a value can force all of them on, even an unnamed one where there is no list. With a chart of
 * 1.23 or older, an entry is on only where it says `enabled: true`, and the value speaks for the gateway of that name.
 */
export function enabledEntries(resolved: Resolved): Entry[] {
  return components.flatMap((component) => {
    const spec = map(resolved.spec.components)[component.spec]
    const base: Path = ['spec', 'components', component.spec]
    const wanted = component.many === undefined ? undefined : gateway(resolved.values, component.many).enabled
    const isOld = isBefore(releaseFor(component.spec, resolved), 24)
    const forced = !isOld && wanted === true
    const isOn = ({ settings: { name, enabled } }: { readonly settings: Fields }) =>
      isOld
        ? (typeof wanted === 'boolean' && name === component.many ? wanted : enabled) === true
        : forced || enabled !== false
    const listed: { settings: Fields; path: Path }[] = Array.isArray(spec)
      ? spec.map((settings, index) => ({ settings: inOwnCase(map(settings)), path: [...base, index] }))
      : isMap(spec)
        ? [{ settings: inOwnCase(spec), path: base }]
        : forced || component.enabled
          ? [{ settings: {}, path: base }]
          : []
    return listed.filter(isOn).map(({ settings, path }) => ({
      component,
      settings,
      path,
      namespace: namespaceOf(settings, resolved),
      values: handed(component, settings, resolved.values),
    }))
  })
}

/** Where a component goes that has these settings. */
export function namespaceOf({ namespace }: Fields, resolved: Pick<Resolved, 'namespace'>): string {
  return typeof namespace === 'string' && namespace !== '' ? namespace : resolved.namespace
}

/** The release of a component's chart; where it has none, of the charts that it is missing among. */
function releaseFor(component: string, { charts }: Resolved): string | undefined {
  return charts?.of(component)?.release ?? (charts?.isBundled(component) ? undefined : charts?.release)
}

const decodedFields = ['enabled', 'hub', 'label', 'name', 'namespace', 'tag']

/** The settings with what the installer decodes under its proper name: its decoder takes `Enabled` for `enabled`. */
function inOwnCase(settings: Fields): Fields {
  const others = sorted(settings).flatMap(([key, value]) => {
    const name = key.toLowerCase()
    return name !== key && decodedFields.includes(name) ? [[name, value] as const] : []
  })
  return others.length > 0 ? { ...Object.fromEntries(others), ...settings } : settings
}

/**
 * Reports `unrenderable-value` where gateways are no list. Null is no way to take the profile's gateways back: the
 * installer crashes on it. (Of an item that is no map it makes a gateway without settings.)
 */
export function checkGatewayLists({ spec }: Resolved, report: Report): void {
  for (const { spec: name, many } of components) {
    const list = map(spec.components)[name]
    if (many === undefined || list === undefined || Array.isArray(list)) continue
    const path = `spec.components.${name}`
    report({
      code: 'unrenderable-value',
      severity: 'error',
      message: `\`${path}\` must be a list, not ${JSON.stringify(list)}`,
      path,
      hint: "leave it out to keep the profile's gateways, or write [] for none.",
    })
  }
}

function gateway(values: Fields, name: string): Fields {
  return map(map(values.gateways)[name])
}

/** The values as one chart gets them: with the entry's own hub, tag and, for a gateway, name, labels and ports. */
function handed(component: Component, settings: Fields, values: Fields): Fields {
  let result: unknown = values
  const root = component.valuesRoot
  if (component.many !== undefined) {
    result = put(result, [...root, 'name'], settings.name ?? '')
    result = put(result, [...root, 'labels'], settings.label ?? {})
    const ports = map(map(settings.k8s).service).ports
    if (Array.isArray(ports) && ports.length > 0) result = put(result, [...root, 'ports'], ports.map(servicePort))
  }
  for (const key of ['hub', 'tag']) {
    const value = settings[key]
    // An empty tag counts as said, an empty hub doesn't.
    if (value !== undefined && value !== null && !(key === 'hub' && value === ''))
      result = put(result, [...root, key], asSet(value))
  }
  return component.handed ? component.handed(map(result)) : map(result)
}

/** A port as Kubernetes' own type writes it: without zero values, but always with a port and a target. */
function servicePort(port: unknown): Fields {
  const { name, protocol, appProtocol, port: number, targetPort, nodePort } = map(port)
  return Object.fromEntries(
    Object.entries({
      name: name || undefined,
      protocol: protocol || undefined,
      appProtocol: appProtocol ?? undefined,
      port: number ?? 0,
      targetPort: targetPort ?? 0,
      nodePort: nodePort || undefined,
    }).filter(([, value]) => value !== undefined),
  )
}

/** The entry's place as messages print it. */
export function entryPath(entry: Entry): string {
  return dotted(entry.path)
}
