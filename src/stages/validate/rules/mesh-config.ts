import { map, merged } from '../../../components/words.ts'
import type { Path } from '../../../problem.ts'
import { hostPortMistake, isTrustDomain, isWildcardDomain } from './address.ts'
import { nanoseconds } from './duration.ts'
import { type Locality, localityMistakes } from './locality.ts'
import { each, type Node, quote, type Rule, type Tell } from './rule.ts'

/** What is wrong with a value, as the end of "must … ;"; nothing when it is fine. */
type Check = (value: unknown) => string | undefined

interface Checked {
  /** Below `meshConfig`; `*` stands for each item. */
  readonly path: string
  readonly code:
    | 'invalid-port'
    | 'invalid-duration'
    | 'invalid-address'
    | 'invalid-host'
    | 'empty-field'
    | 'invalid-trust-domain'
  readonly must: string
  readonly mistake: Check
  readonly hint?: string
}

const it = (value: unknown) => `it is ${quote(value)}`
const ms = 1_000_000n

const port: Check = (value) => {
  const number = Number(value)
  return number >= 1 && number <= 65535 ? undefined : it(value)
}
const given: Check = (value) => (value === '' ? 'it is empty' : undefined)
const span =
  (fits: (duration: bigint) => boolean): Check =>
  (value) => {
    const duration = typeof value === 'string' ? nanoseconds(value) : undefined
    return duration === undefined || fits(duration) ? undefined : it(value)
  }
const address =
  (hostIP: boolean, optional: boolean): Check =>
  (value) => {
    if (typeof value !== 'string' || (optional && value === '')) return undefined
    const mistake = hostPortMistake(hostIP ? value.replace('$(HOST_IP)', '127.0.0.1') : value)
    return mistake && `${quote(value)}: ${mistake}`
  }
const text =
  (fits: (value: string) => boolean): Check =>
  (value) =>
    typeof value !== 'string' || fits(value) ? undefined : it(value)

const aPort = { code: 'invalid-port', must: 'be a port, 1 to 65535', mistake: port } as const
const anAddress = (optional = true, hostIP = false) =>
  ({
    code: 'invalid-address',
    must: 'be a host and a port',
    mistake: address(hostIP, optional),
    hint: 'write it as "host.example.com:9411".',
  }) as const
const aDomain = {
  code: 'invalid-trust-domain',
  must: 'be a trust domain: DNS labels with dots between them',
  mistake: text(isTrustDomain),
  hint: 'the default is "cluster.local".',
} as const
const notEmpty = {
  code: 'empty-field',
  must: 'hold text',
  mistake: given,
  hint: 'leave it out for the default.',
} as const

/** What istiod demands of single fields. */
const checked: readonly Checked[] = [
  { path: 'proxyListenPort', ...aPort },
  {
    path: 'connectTimeout',
    code: 'invalid-duration',
    must: 'be whole milliseconds, 1ms to 1h',
    mistake: span((time) => time >= ms && time % ms === 0n && time <= 3_600_000n * ms),
  },
  {
    path: 'protocolDetectionTimeout',
    code: 'invalid-duration',
    must: 'be whole milliseconds, or 0s for none',
    mistake: span((time) => time % ms === 0n),
  },
  { path: 'trustDomain', ...aDomain },
  { path: 'trustDomainAliases.*', ...aDomain },
  {
    path: 'serviceSettings.*.hosts.*',
    code: 'invalid-host',
    must: 'be a host name, of which the first label may be "*"',
    mistake: text(isWildcardDomain),
  },
  { path: 'defaultConfig.configPath', ...notEmpty },
  { path: 'defaultConfig.binaryPath', ...notEmpty },
  { path: 'defaultConfig.serviceCluster', ...notEmpty },
  {
    path: 'defaultConfig.drainDuration',
    code: 'invalid-duration',
    must: 'be whole seconds, at least 1s',
    mistake: span((time) => time >= ms && time % (1000n * ms) === 0n),
  },
  { path: 'defaultConfig.discoveryAddress', ...anAddress(false) },
  { path: 'defaultConfig.statsdUdpAddress', ...anAddress() },
  { path: 'defaultConfig.envoyMetricsServiceAddress', ...anAddress() },
  { path: 'defaultConfig.envoyMetricsService.address', ...anAddress() },
  { path: 'defaultConfig.envoyAccessLogService.address', ...anAddress() },
  { path: 'defaultConfig.tracing.zipkin.address', ...anAddress(true, true) },
  { path: 'defaultConfig.tracing.datadog.address', ...anAddress(true, true) },
  { path: 'defaultConfig.tracing.lightstep.address', ...anAddress() },
  { path: 'defaultConfig.proxyAdminPort', ...aPort },
  { path: 'defaultConfig.statusPort', ...aPort },
]

/**
 * Reports what istiod refuses in the configuration of the mesh although every field has the right form: `invalid-port`,
 * `invalid-duration`, `invalid-address`, `invalid-host`, `empty-field`, `invalid-trust-domain`, `invalid-locality`,
 * `missing-field`, `not-allowed-value`. istioctl asks istiod's own checks, on the values without the unvalidated ones.
 */
export const meshConfig: Rule = ({ spec }, tell) => {
  const base: Path = ['spec', 'values', 'meshConfig']
  const value = merged(map(map(spec.values).meshConfig), map(spec.meshConfig))
  const mesh: Node = { path: base, value }
  for (const { path, code, must, mistake, hint } of checked) {
    for (const { path: place, value } of find(mesh, path.split('.'))) {
      const wrong = value === null ? undefined : mistake(value)
      if (wrong) tell({ grade: 'rejected', code, path: place, must: `${must}; ${wrong}`, hint })
    }
  }
  for (const locality of find(mesh, ['localityLbSetting'])) {
    for (const { path, must } of localityMistakes(map(locality.value) as Locality)) {
      tell({ grade: 'rejected', code: 'invalid-locality', path: [...locality.path, ...path], must })
    }
  }
  for (const check of [tracing, authentication, privateKeys, curves]) check(mesh, tell)
}

/** The places to which a path leads; names in protobuf's own spelling are taken too. */
function find(node: Node, [step, ...rest]: readonly string[]): Node[] {
  if (step === undefined) return [node]
  if (step === '*') return Array.isArray(node.value) ? each(node).flatMap((item) => find(item, rest)) : []
  const fields = map(node.value)
  const key = [step, step.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)].find((name) => name in fields)
  return key === undefined ? [] : find({ path: [...node.path, key], value: fields[key] }, rest)
}

function has(node: Node, field: string): boolean {
  return find(node, [field]).some(({ value }) => value !== null && value !== '')
}

/** What collectors of traces can't do without. */
const tracers = [
  { name: 'zipkin', fields: ['address'] },
  { name: 'datadog', fields: ['address'] },
  { name: 'lightstep', fields: ['address', 'accessToken'] },
] as const

function tracing(mesh: Node, tell: Tell): void {
  const demand = (node: Node, fields: readonly string[], why: string) => {
    for (const field of fields.filter((name) => !has(node, name))) {
      const must = `have the field \`${field}\`${why}`
      tell({ grade: 'rejected', code: 'missing-field', path: node.path, must })
    }
  }
  for (const tls of find(mesh, ['defaultConfig', 'tracing', 'tlsSettings'])) {
    const mutual = find(tls, ['mode']).some(({ value }) => value === 'MUTUAL')
    if (mutual) demand(tls, ['clientCertificate', 'privateKey'], ', as the mode is "MUTUAL"')
  }
  for (const { name, fields } of tracers) {
    for (const tracer of find(mesh, ['defaultConfig', 'tracing', name])) {
      if (tracer.value !== null) demand(tracer, fields, '')
    }
  }
}

function authentication(mesh: Node, tell: Tell): void {
  for (const { path, value } of find(mesh, ['defaultConfig', 'controlPlaneAuthPolicy'])) {
    if (value !== 'INHERIT' && value !== 1000) continue
    tell({
      grade: 'rejected',
      code: 'not-allowed-value',
      path,
      must: `be "NONE" or "MUTUAL_TLS"; it is ${quote(value)}, and there is nothing to inherit from`,
    })
  }
}

/** A provider of private keys collects requests for a while, and must be told how long. */
function privateKeys(mesh: Node, tell: Tell): void {
  for (const provider of find(mesh, ['defaultConfig', 'privateKeyProvider'])) {
    const [first] = ['cryptomb', 'qat'].flatMap((name) => find(provider, [name])).filter(({ value }) => value !== null)
    if (!first) {
      if (provider.value === null) continue
      tell({
        grade: 'rejected',
        code: 'missing-field',
        path: provider.path,
        must: 'have the field `cryptomb` or the field `qat`',
      })
      continue
    }
    const [delay] = find(first, ['pollDelay'])
    if (typeof delay?.value === 'string' && nanoseconds(delay.value) !== 0n) continue
    tell({
      grade: 'rejected',
      code: delay ? 'invalid-duration' : 'missing-field',
      path: delay?.path ?? first.path,
      must: delay ? `be more than 0s; it is ${quote(delay.value)}` : 'have the field `pollDelay`',
      hint: 'such as `pollDelay: 10ms`.',
    })
  }
}

function curves(mesh: Node, tell: Tell): void {
  for (const { path, value } of find(mesh, ['meshMTLS', 'ecdhCurves'])) {
    if (!Array.isArray(value) || value.length === 0) continue
    tell({
      grade: 'rejected',
      code: 'not-allowed-value',
      path,
      must: 'not be set: the curves of TLS inside the mesh are fixed',
      hint: 'for gateways and outbound TLS set `meshConfig.tlsDefaults.ecdhCurves`.',
      part: 'key',
    })
  }
}
