import { describe, expect, it } from 'vitest'
import { errorText } from '../../src/gotemplate/error.ts'
import { execute } from '../../src/gotemplate/exec.ts'
import { parse } from '../../src/gotemplate/parse.ts'
import { injectionFunctions as functions } from './injection-functions.ts'

const data = {
  ObjectMeta: { Annotations: { set: 'a', empty: '' } },
  Labels: { a: '1' },
  Resources: { limits: { cpu: null, memory: '1Gi' }, requests: { cpu: null }, none: {}, list: [null, 'x'] },
  Port: { Name: 'web', __json: { name: 'web', containerPort: 80 } },
  Otel: {
    ExtensionProviders: [
      { Provider: null },
      { Provider: { Opentelemetry: { ServiceAttributeEnrichment: { String: 'NONE' } } } },
    ],
  },
  Conventions: {
    ExtensionProviders: [
      { Provider: { Opentelemetry: { ServiceAttributeEnrichment: { String: 'OTEL_SEMANTIC_CONVENTIONS' } } } },
    ],
  },
  One: [{ Name: 'app', Image: 'localhost:5000/app' }],
  Tagged: [{ Name: 'app', Image: 'localhost:5000/app:v1@sha256:0a' }],
}

function output(text: string): string {
  const parsed = parse('row', text, { functions })
  if ('error' in parsed) return errorText(parsed.error)
  const result = execute(parsed.template, data, { functions })
  return 'error' in result ? errorText(result.error) : result.output
}

describe('functions of the injector', () => {
  const rows: readonly (readonly [template: string, output: string])[] = [
    ['{{ annotation .ObjectMeta "set" 1 }}', 'a'],
    ['{{ annotation .ObjectMeta "empty" 1 }}', ''],
    ['{{ annotation .ObjectMeta "none" 1000000.0 }}', '1e+06'],
    ['{{ annotation .ObjectMeta "none" .Gone }}', '<nil>'],
    ['{{ isset .ObjectMeta.Annotations "empty" }} {{ isset .ObjectMeta.Annotations "none" }}', 'true false'],
    ['{{ contains "/" "a/b" }} {{ contains "a/b" "/" }}', 'true false'],
    ['{{ directory "/a/b.pem" }}|{{ directory "b.pem" }}', '/a/|'],
    ['{{ valueOrDefault 0 1 }} {{ valueOrDefault "" 1 }} {{ valueOrDefault .Gone 1 }}', '0 1 1'],
    ['{{ indent 2 "a\\nb" }}', 'a\n  b'],
    ['{{ nindent 2 "a\\nb" }}', '\n  a\n  b'],
    ['{{ trunc 3 "abcd" }} {{ trunc -3 "abcd" }} {{ trunc 3 "ab" }} {{ trunc 2 "\u00e9x" }}', 'abc bcd ab \u00e9'],
    ['{{ trimSuffix "-" "a--" }}{{ trimSuffix "" "b" }}', 'a-b'],
    ['{{ quote "a\\"b" 1 .Gone }}', '"a\\"b" "1"'],
    ['{{ join "," (append (list 1 "b") true) }}', '1,b,true'],
    ['{{ default "d" 0 }} {{ default "d" "v" }}', 'd v'],
    ['{{ toJsonMap .Labels (strdict "b" "<&>" "a" "2") }}', '{"a":"2","b":"\\u003c\\u0026\\u003e"}'],
    ['{{ omit .Labels "a" | toJsonMap }}', '{}'],
    ['{{ index (strdict "a") "a" }}|{{ index (strdict "a") "b" }}', '|'],
    ['{{ structToJSON .Port }} {{ structToJSON nil }}', '{"name":"web","containerPort":80} {}'],
    ['{{ toYaml (fromJSON `{"b":["y"],"a":{}}`) }}{{ fromJSON "{" }}', 'a: {}\nb:\n- "y"\n{}'],
    ['{{ omitNil .Resources | toYaml }}', 'limits:\n  memory: 1Gi\nlist:\n- x\nnone: {}\n'],
    ['{{ omitNil (fromJSON `{"a":{"b":null}}`) }}', '<no value>'],
  ]
  it.each(rows)('%s', (template, expected) => expect(output(template)).toBe(expected))
})

describe('excludeInboundPort', () => {
  const rows: readonly (readonly [port: string, list: string, result: string])[] = [
    ['15020', '""', '15020'],
    ['15020', '"22, 23,,"', '22,23,15020'],
    ['" 15020 "', '"22"', '22,15020'],
    ['15020', '"22,15020"', '22,15020'],
    ['15020', '"4, 15020"', '4,15020,15020'],
    ['0', '"4, 5"', '4, 5'],
    ['""', '"4"', '4'],
  ]
  it.each(rows)('%s to %s', (port, list, result) => {
    expect(output(`{{ excludeInboundPort ${port} ${list} }}`)).toBe(result)
  })
})

describe('appendMultusNetwork', () => {
  const rows: readonly (readonly [networks: string, result: string])[] = [
    ['', 'default/istio-cni'],
    ['a', 'a, default/istio-cni'],
    ['a,default/istio-cni', 'a,default/istio-cni'],
    ['[{"name":"a"}]', '[{"name":"a"}, {"name": "istio-cni", "namespace": "default"}]'],
    ['[{"name":"istio-cni","namespace":"default"}]', '[{"name":"istio-cni","namespace":"default"}]'],
    ['[{"name":}]', '[{"name":}]'],
  ]
  it.each(rows)('%s', (networks, result) => {
    expect(output(`{{ appendMultusNetwork \`${networks}\` "default/istio-cni" }}`)).toBe(result)
  })
})

describe('otelResourceAttributes', () => {
  const rows: readonly (readonly [args: string, result: string])[] = [
    ['.Otel .Labels .Labels "n" .Tagged', ''],
    [
      '.Conventions .Labels .Labels "n" .Tagged',
      'service.namespace=n,service.version=v1@sha256:0a,service.instance.id=n.$(POD_NAME).app',
    ],
    ['.Conventions .Labels .Labels "" .One', 'service.instance.id=.$(POD_NAME).app'],
    [
      '.Conventions .Labels (strdict "app.kubernetes.io/version" "3") "n" list',
      'service.namespace=n,service.version=3',
    ],
    [
      '.Conventions (strdict "resource.opentelemetry.io/service.namespace" "m") .Labels "n" list',
      'service.namespace=m',
    ],
  ]
  it.each(rows)('%s', (args, result) => expect(output(`{{ otelResourceAttributes ${args} }}`)).toBe(result))
})
