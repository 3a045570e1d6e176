import type { Fields } from '../k8s/object.ts'
import { first, print, raw } from './words.ts'

/**
 * The volume with the root certificate that clients of istiod trust: a cluster-wide trust bundle when the component's
 * variables switch it on, else the ConfigMap that istiod keeps in every namespace.
 */
export function rootCertificate(env: { readonly [name: string]: unknown }, bundleName: unknown): Fields {
  if (env.ENABLE_CLUSTER_TRUST_BUNDLE_API !== true)
    return { name: 'istiod-ca-cert', configMap: { name: raw(first(bundleName, 'istio-ca-root-cert')) } }
  const name = raw(`istio.io:istiod-ca:${print(first(bundleName, 'root-cert'))}`)
  return {
    name: 'istiod-ca-cert',
    projected: { sources: [{ clusterTrustBundle: { name, path: 'root-cert.pem' } }] },
  }
}

/** The volume with the token by which the component's account identifies itself to istiod, for 12 hours. */
export function istioToken(audience: unknown): Fields {
  return {
    name: 'istio-token',
    projected: {
      sources: [{ serviceAccountToken: { path: 'istio-token', expirationSeconds: 43200, audience: raw(audience) } }],
    },
  }
}
