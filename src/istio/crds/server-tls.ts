import { bool, choice, exclusive, list, obj, str, strings } from '../../k8s/schema.ts'

const protocolVersion = choice('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3')
const pair = { maxItems: 2, minItems: 1 }

/** How a Gateway's server, or a sidecar's listener, terminates TLS. */
export const serverTls = obj(
  {
    caCertCredentialName: str,
    caCertificates: str,
    caCrl: str,
    cipherSuites: strings,
    credentialName: str,
    credentialNames: list(str, pair),
    httpsRedirect: bool,
    maxProtocolVersion: protocolVersion,
    minProtocolVersion: protocolVersion,
    mode: choice('PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'),
    privateKey: str,
    serverCertificate: str,
    subjectAltNames: strings,
    tlsCertificates: list(obj({ caCertificates: str, privateKey: str, serverCertificate: str }), pair),
    verifyCertificateHash: strings,
    verifyCertificateSpki: strings,
  },
  exclusive('only one of credentialNames or tlsCertificates can be set', 'tlsCertificates', 'credentialNames'),
  exclusive('only one of credentialName or credentialNames can be set', 'credentialName', 'credentialNames'),
  // The API names one field in this message and compares another, so `credentialName` beside certificates passes.
  exclusive('only one of credentialName or tlsCertificates can be set', 'credentialNames', 'tlsCertificates'),
)
