import type { Path } from '../../../problem.ts'
import { isDomain, isIP } from './address.ts'
import { at, find, type Node, quote, type Rule, type Tell } from './rule.ts'

const begin = '-----BEGIN CERTIFICATE-----'

/** CA bundles of webhooks: base64 of certificates in PEM. */
const bundles: readonly Path[] = [
  ['values', 'base', 'validationCABundle'],
  ['values', 'istiodRemote', 'injectionCABundle'],
  ['values', 'pilot', 'istiodRemote', 'injectionCABundle'],
]

/** Where webhooks are, when they are no Service of the cluster. */
const webhooks: readonly Path[] = [
  ['values', 'base', 'validationURL'],
  ['values', 'istiodRemote', 'injectionURL'],
  ['values', 'pilot', 'istiodRemote', 'injectionURL'],
]

const servicePaths: readonly Path[] = [
  ['values', 'istiodRemote', 'injectionPath'],
  ['values', 'pilot', 'istiodRemote', 'injectionPath'],
]

/**
 * Reports `invalid-certificate` and `invalid-url` for what the API server refuses in a webhook's configuration, and for
 * certificates that istiod can't read. No certificate is shown.
 */
export const certificates: Rule = ({ spec }, tell) => {
  for (const path of bundles) bundle(at(spec, ...path), tell)
  for (const path of webhooks) url(at(spec, ...path), tell)
  for (const path of servicePaths) {
    const { path: whole, value } = at(spec, ...path)
    if (typeof value !== 'string' || value === '' || /^\/[^\s?#]*$/.test(value)) continue
    tell({
      grade: 'mistake',
      code: 'invalid-url',
      path: whole,
      must: `be a path that begins with "/"; it is ${quote(value)}`,
      hint: 'write it as "/inject/cluster/NAME/net/NETWORK".',
    })
  }
  for (const mesh of [at(spec, 'meshConfig'), at(spec, 'values', 'meshConfig')]) {
    for (const node of find(mesh, ['caCertificates', '*', 'pem'])) pem(node, tell)
    for (const node of find(mesh, ['defaultConfig', 'caCertificatesPem', '*'])) pem(node, tell)
    for (const node of find(mesh, ['caCertificates', '*', 'spiffeBundleUrl'])) url(node, tell)
  }
}

function bundle({ path, value }: Node, tell: Tell): void {
  if (typeof value !== 'string' || value === '') return
  const decoded = decode(value)
  if (decoded?.includes(begin)) return
  const plain = value.includes(begin)
  tell({
    grade: 'mistake',
    code: 'invalid-certificate',
    path,
    must: `be base64 text of certificates in PEM; it ${plain ? 'is PEM without the base64 around it' : decoded === undefined ? 'is no base64' : 'is base64 of something else'}`,
    hint: 'encode the file with `base64 -w0 ca.crt`; without the field istiod fills its own in.',
  })
}

function pem({ path, value }: Node, tell: Tell): void {
  if (typeof value !== 'string' || value === '' || value.includes(begin)) return
  tell({
    grade: 'mistake',
    code: 'invalid-certificate',
    path,
    must: `be certificates in PEM; it ${decode(value)?.includes(begin) ? 'has base64 around them' : `has no "${begin}"`}`,
    hint: 'write the certificate below `|`, with its first and its last line.',
  })
}

function decode(text: string): string | undefined {
  try {
    return atob(text.replace(/[\r\n]/g, ''))
  } catch {
    return undefined
  }
}

/** The API server calls webhooks over https only, with neither user, query nor fragment. */
function url({ path, value }: Node, tell: Tell): void {
  if (typeof value !== 'string' || value === '') return
  const [, address = '', port] =
    /^https:\/\/(\[[^\]]*\]|[^\s/?#@:[\]]+)(?::(\d{1,5}))?(?:\/[^\s?#]*)?$/.exec(value) ?? []
  const host = address.replace(/^\[(.*)\]$/, '$1')
  if ((isDomain(host) || isIP(host)) && Number(port ?? 443) <= 65535) return
  tell({
    grade: 'mistake',
    code: 'invalid-url',
    path,
    must: `be an address that begins with "https://", without user, query and fragment; it is ${quote(value.replace(/\/\/[^/@]*@/, '//…@'))}`,
    hint: 'write it as "https://istiod.example.com:15017/inject".',
  })
}
