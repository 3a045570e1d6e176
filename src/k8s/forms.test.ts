import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { type FormName, formOf, forms } from './forms.ts'

const ajv = new Ajv({ strictTypes: false, formats: { int32: true, int64: true, uint32: true, double: true } })

const rows: [form: FormName, right: unknown[], wrong: unknown[]][] = [
  ['string', ['', 'a'], [1, true, null, []]],
  ['bool', [true, false], ['true', 0]],
  ['int32', [0, -2147483648, 2147483647, 5.0], [2147483648, 1.5, '1']],
  ['int64', [0, -1, 2 ** 40], [1.5, '1']],
  ['uint32', [0, 4294967295], [-1, 4294967296, '1']],
  [
    'quantity',
    ['1', '500m', '1Gi', '.5', '1.', '1e3', '1E-2', '-1k', 2, 0.5],
    ['', 'abc', '1 Gi', '1gb', '1K', '1MB', '1.2.3'],
  ],
  ['intOrString', [1, 'http', ''], [1.5, true]],
  ['bytes', ['', 'YQ==', 'YWI=', 'YWJj'], ['a', 'YQ', 'Y Q=']],
  ['time', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+01:00'], ['2026-01-31', 'now']],
  ['protoInt32', [1, '1', '-1'], ['one', 1.5, '1.5']],
  ['protoInt64', [1, '1', '-1'], ['', 'x']],
  ['protoUint32', [0, '7'], [-1, '-1', '1.0']],
  ['double', [1.5, '1.5', '1e3', 'NaN', '-Infinity'], ['', 'half', true]],
  ['duration', ['0', '10s', '1h2m3.5s', '-1m', '100us', '100µs', '.5h'], ['10', '1 m', '1d', '', 's', 10]],
  ['scalar', ['1.30.3', 1.3, true], [null, [], {}]],
  ['nonNegative', [0, 5], [-1, 1.5]],
  ['positive', [1], [0]],
  ['nonNegative64', [0, 2 ** 40], [-1]],
  ['weight', [1, 100], [0, 101]],
  ['fileMode', [0, 420, 511], [512, -1, '0644']],
  ['port', [1, 65535], [0, 65536, '80']],
  ['portOrZero', [0, 65535], [65536, -1]],
  ['protoPort', [1, 65535, '80'], [0, 65536, 'http']],
  ['portOrName', [0, 80, 'http', 'http2', 'a-1', '1a'], ['80', 'HTTP', 'a--b', '-a', 'a'.repeat(16), 65536]],
  ['quantityText', ['', '1', '1Gi'], [1, 'big']],
  ['countOrPercent', [0, 3, '25%'], ['3', '-1%', -1, 'half']],
  ['labelValue', ['', 'a', 'A.b_c-1'], ['a b', '-a', 'a-', 'a/b', 'a'.repeat(64)]],
  [
    'qualifiedName',
    ['app', 'app.kubernetes.io/name', 'A_b.c'],
    ['', 'a b', '/a', 'a/', 'A.io/x', `a/${'b'.repeat(64)}`, 'a/b/c'],
  ],
  ['annotationKey', ['app', 'proxy.istio.io/config', 'Example.com/a'], ['', 'a b', 'a/b/c']],
  ['dnsLabel', ['', 'a', 'a-1'], ['A', 'a.b', '-a', 'a'.repeat(64)]],
  ['dnsName', ['', 'a.b', 'a'], ['A', 'a..b', 'a_b']],
  ['envName', ['A', 'a.b', 'a-b', 'a b'], ['', 'a=b', 'ä']],
  ['cidr', ['10.0.0.0/8', '::/0'], ['10.0.0.0', 'a/b', '']],
  ['logLevels', ['', 'info', 'default:info,ads:debug'], ['loud', 'default:', 'default:info;ads:debug']],
  ['proxyLogLevels', ['', 'misc:error', 'misc:error,http:debug'], ['info', 'misc:loud']],
]

describe('what each form takes', () => {
  test.each(rows)('%s', (form, right, wrong) => {
    const fits = ajv.compile(forms[form].schema)
    expect(right.filter((value) => !fits(value))).toEqual([])
    expect(wrong.filter((value) => fits(value))).toEqual([])
  })

  test('every form has a row', () => {
    expect(rows.map(([form]) => form).sort()).toEqual(Object.keys(forms).sort())
  })
})

test.each(rows)('what fits %s fits what it narrows', (form, right) => {
  const wider = formOf(formOf(form)?.of)
  const fits = wider ? ajv.compile(wider.schema) : () => true
  expect(right.filter((value) => !fits(value))).toEqual([])
})

test('names that are no form', () => {
  expect([formOf('core/v1.Pod'), formOf('toString'), formOf(undefined)]).toEqual([undefined, undefined, undefined])
})
