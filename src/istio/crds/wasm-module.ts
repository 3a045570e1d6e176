import { choice, freeform, keyedBy, list, obj, orElse, req, rule, str, where } from '../../k8s/schema.ts'

/** The traffic that an extension sees: by direction and port. */
export function trafficMatch() {
  return list(
    obj({
      mode: choice('UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER'),
      ports: list(
        obj({ number: where({ type: 'integer' }, { maximum: 65535, minimum: 1 }) }, req('number')),
        keyedBy('number'),
      ),
    }),
  )
}

/**
 * The fields that say which WebAssembly module to load and how. Its `url` may have one of the schemes or none; kinds
 * list the same schemes in different orders, and a CRD equals istioctl's only with the order of its kind.
 */
export function wasmModule(...schemes: readonly string[]) {
  const known = `in [${['', ...schemes].map((scheme) => `"${scheme}"`).join(', ')}]`
  const withScheme = 'url("http://" + self)'
  return {
    failStrategy: choice('FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD'),
    imagePullPolicy: choice('UNSPECIFIED_POLICY', 'IfNotPresent', 'Always'),
    imagePullSecret: where(str, { maxLength: 253, minLength: 1 }),
    pluginConfig: freeform,
    pluginName: where(str, { maxLength: 256, minLength: 1 }),
    sha256: where(str, { pattern: '(^$|^[a-f0-9]{64}$)' }),
    type: choice('UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK'),
    url: where(
      str,
      { minLength: 1 },
      rule(
        `isURL(self) ? (url(self).getScheme() ${known}) : (isURL("http://" + self) &&\n${withScheme}.getScheme() ${known})`,
        'url must have schema one of [http, https, file, oci]',
      ),
    ),
    verificationKey: str,
    vmConfig: obj({ env: list(environmentVariable(), { maxItems: 256 }, keyedBy('name')) }),
  }
}

function environmentVariable() {
  return obj(
    {
      name: where(str, { maxLength: 256, minLength: 1 }),
      value: where(str, { maxLength: 2048 }),
      valueFrom: choice('INLINE', 'HOST'),
    },
    req('name'),
    rule(
      `${orElse('valueFrom', '""')} != "HOST" || !has(self.value)`,
      'value may only be set when valueFrom is INLINE',
    ),
  )
}
