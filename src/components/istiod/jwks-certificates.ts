import { type KubeObject, object } from '../../k8s/object.ts'
import { quoted, truth } from '../words.ts'
import { istiodLabels, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** Whether istiod fetches the keys of token issuers from servers whose root certificate has to be given to it. */
export function hasJwksCertificates(v: IstiodValues): boolean {
  return truth(v.jwksResolverExtraRootCA)
}

/** The root certificates with which istiod checks servers of JWT keys, besides those it knows. */
export function jwksCertificates(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  return [
    object(
      'ConfigMap',
      { name: revisioned('pilot-jwks-extra-cacerts', v), namespace, labels: istiodLabels(context) },
      { data: { 'extra.pem': quoted(v.jwksResolverExtraRootCA) } },
    ),
  ]
}
