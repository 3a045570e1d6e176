import { bool, exclusive, list, obj, req, rule, str, where } from '../../k8s/schema.ts'
import { define } from './definition.ts'
import { duration, filled, headerName } from './scalars.ts'
import { attachedOnce, targetRef, targetRefs } from './target-reference.ts'
import { workloadSelector } from './workload-selector.ts'

/** Which JSON web tokens a workload accepts, and where it finds them. */
export const requestAuthentication = define({
  group: 'security.istio.io',
  kind: 'RequestAuthentication',
  plural: 'requestauthentications',
  shortNames: ['ra'],
  versions: ['v1', 'v1beta1'],
  spec: () =>
    obj(
      { jwtRules: list(jwtRule(), { maxItems: 4096 }), selector: workloadSelector, targetRef, targetRefs },
      attachedOnce,
    ),
})

function jwtRule() {
  const httpUrl = where(
    str,
    { maxLength: 2048, minLength: 1 },
    rule('url(self).getScheme() in ["http", "https"]', 'url must have scheme http:// or https://'),
  )
  return obj(
    {
      audiences: list(filled),
      forwardOriginalToken: bool,
      fromCookies: list(filled),
      fromHeaders: list(obj({ name: filled, prefix: str }, req('name'))),
      fromParams: list(filled),
      issuer: filled,
      jwks: str,
      // The older spelling of `jwksUri`.
      jwks_uri: httpUrl,
      jwksUri: httpUrl,
      outputClaimToHeaders: list(
        obj({ claim: filled, header: where(headerName, { minLength: 1 }) }, req('header', 'claim')),
      ),
      outputPayloadToHeader: str,
      spaceDelimitedClaims: list(filled, { maxItems: 64 }),
      timeout: duration,
    },
    exclusive('only one of jwks or jwksUri can be set', 'jwksUri', 'jwks_uri', 'jwks'),
  )
}
