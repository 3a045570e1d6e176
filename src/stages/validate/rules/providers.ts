import { items, map } from '../../../components/words.ts'
import { nearest } from '../../../problem.ts'
import { isDomain } from './address.ts'
import { at, each, find, quote, type Rule } from './rule.ts'

/** Providers that istiod knows without being told. */
const builtIn = ['prometheus', 'stackdriver', 'envoy']

/**
 * Reports `unknown-provider` for a default provider that nobody defines, which istiod only notes in its log, and
 * `invalid-host` for the Service of a provider that is no host name.
 */
export const providers: Rule = (subject, tell) => {
  const { spec } = subject
  for (const mesh of [at(spec, 'meshConfig'), at(spec, 'values', 'meshConfig')]) {
    for (const provider of find(mesh, ['extensionProviders', '*'])) {
      for (const kind of each(provider)) {
        for (const { path, value } of find(kind, ['service'])) {
          if (typeof value !== 'string' || isService(value)) continue
          tell({
            grade: 'mistake',
            code: 'invalid-host',
            path,
            must: `be the host name of a Service, if need be after its namespace and "/"; it is ${quote(value)}`,
            hint: 'write it as "collector.observability.svc.cluster.local"; the port is a field of its own.',
          })
        }
      }
    }
  }
  const whole = map(subject.effective('pilot')?.meshConfig)
  const known = [
    ...builtIn,
    ...items(whole.extensionProviders)
      .map((provider) => map(provider).name)
      .filter(isText),
  ]
  for (const group of each({
    path: ['spec', 'values', 'meshConfig', 'defaultProviders'],
    value: whole.defaultProviders,
  })) {
    for (const { path, value } of Array.isArray(group.value) ? each(group) : []) {
      if (typeof value !== 'string' || known.includes(value)) continue
      const [close] = nearest(value, known)
      tell({
        grade: 'mistake',
        code: 'unknown-provider',
        path,
        must: `name a provider of \`meshConfig.extensionProviders\`; ${quote(value)} is none`,
        hint: `${close ? `did you mean "${close}"? ` : ''}Known are ${known.map(quote).join(', ')}.`,
      })
    }
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isService(text: string): boolean {
  const [first = '', second, ...more] = text.split('/')
  return more.length === 0 && (second === undefined ? isDomain(first) : isDomain(first) && isDomain(second))
}
