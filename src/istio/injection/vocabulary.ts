/** The injector's own functions; some of them take the place of those of sprig. */
const ofInjector = `
  annotation appendMultusNetwork applicationPorts contains directory env excludeInboundPort excludeInterfaces
  formatDuration fromJSON includeInboundPorts indent isset kubevirtInterfaces mergeMaps omit omitNil
  otelResourceAttributes protoToJSON strdict structToJSON toJSON toJsonMap toLower toYaml valueOrDefault`

/** The text functions of sprig v3, all of which the injector offers. */
const ofSprig = `
  abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt
  biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify
  date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf duration
  durationRound empty encryptAES env expandenv ext fail first float64 floor fromJson genCA genCAWithKey genPrivateKey
  genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName has hasKey hasPrefix
  hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs
  kindOf last list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact
  mustDateModify mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite
  mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral
  mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq
  mustWithout must_date_modify nindent nospace now omit osBase osClean osDir osExt osIsAbs pick pluck plural prepend
  push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric regexFind regexFindAll regexMatch
  regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest reverse round semver
  semverCompare seq set sha1sum sha256sum sha512sum shuffle slice snakecase sortAlpha split splitList splitn squote sub
  subf substr swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings trim trimAll
  trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper
  urlJoin urlParse uuidv4 values without wrap wrapWith`

/** The functions that istiod offers to injection templates, besides those of the language. */
export function injectorFunctions(): ReadonlySet<string> {
  return new Set(`${ofInjector} ${ofSprig}`.trim().split(/\s+/))
}

/** Functions that only Helm has, and what the injector has in their place. */
export const helmFunctions: { readonly [name: string]: string | undefined } = {
  fromJsonArray: '`fromJSON` reads lists too.',
  fromToml: undefined,
  fromYaml: undefined,
  fromYamlArray: undefined,
  include: 'write `{{ template "name" . }}`.',
  lookup: undefined,
  mustToYaml: 'write `toYaml`.',
  required: 'write `{{ if not … }}{{ fail "…" }}{{ end }}`.',
  toToml: undefined,
  tpl: undefined,
}

/** What a template for pods finds in its data. */
export const podData: readonly string[] = [
  'TypeMeta',
  'DeploymentMeta',
  'ObjectMeta',
  'Spec',
  'ProxyConfig',
  'MeshConfig',
  'Values',
  'Revision',
  'NativeSidecars',
  'ProxyImage',
  'ProxyUID',
  'ProxyGID',
  'InboundTrafficPolicyMode',
  'CompliancePolicy',
]

/** Templates for objects of the gateway controller; the others are for pods. */
export const gatewayTemplates: readonly string[] = ['waypoint', 'kube-gateway', 'agentgateway']
