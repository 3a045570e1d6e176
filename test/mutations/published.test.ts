import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { typesFrom } from '../../src/istio/schema/index.ts'
import { type JsonSchema, jsonSchema } from '../../src/k8s/json-schema.ts'
import { defaultSettings, readSettings } from '../../src/settings.ts'
import { schemaTypes } from '../../src/stages/validate/schema-types.js'
import { operator } from '../../src/stages/validate/validators.js'
import { readDocuments } from '../../src/yaml/read.ts'
import { inputs } from './inputs.ts'
import { mistypeKey, mistypeValue, sites } from './mutate.ts'
import { pick, random } from './random.ts'

const published = jsonSchema('IstioOperator', typesFrom(['IstioOperator']))
const annotations = ['doNotSuggest', 'deprecationMessage']

/** ajv with its own keywords, as an editor would understand the schema. */
const ajv = new Ajv({
  allErrors: false,
  strictTypes: false,
  strictRequired: false,
  formats: { int32: true, int64: true, uint32: true, double: true },
})
for (const keyword of annotations) ajv.addKeyword(keyword)
const inEditor = ajv.compile(published)

/** What the program finds; another name for a field is fine with the schema. */
function found(value: unknown): string[] {
  return (operator(value, '') ?? [])
    .filter(({ keyword }) => keyword !== 'alias')
    .map(({ instancePath, keyword }) => `${keyword} ${instancePath}`)
}

test('the program and the published schema agree on inputs, and on inputs with a mistake', () => {
  const next = random(7)
  const texts = inputs().filter(({ text }) => sites(text).length > 0)
  const mistaken = Array.from({ length: 1000 }, () => {
    const { name, text } = pick(texts, next)
    const mutation = pick([mistypeKey, mistypeValue], next)(text, next)
    return mutation ? [{ name: `${name}: ${mutation.was} → ${mutation.now}`, text: mutation.text }] : []
  }).flat()
  const verdicts = { fine: 0, wrong: 0 }
  for (const { name, text } of [...texts, ...mistaken]) {
    const [document] = readDocuments(text, name, () => {})
    if (!document) continue
    const problems = found(document.value)
    verdicts[problems.length === 0 ? 'fine' : 'wrong'] += 1
    expect(inEditor(document.value), `${name}\n${problems.join('\n')}\n${ajv.errorsText(inEditor.errors)}`).toBe(
      problems.length === 0,
    )
  }
  expect(verdicts.fine).toBeGreaterThan(20)
  expect(verdicts.wrong).toBeGreaterThan(500)
})

test('the types that the program carries are those that the schemas are made from', () => {
  expect(schemaTypes()).toEqual(JSON.parse(JSON.stringify(typesFrom(['IstioOperator', 'RenderIstio']))))
})

test('what users touch most is described', () => {
  const definitions = published.definitions as {
    readonly [type: string]: { readonly properties: { readonly [field: string]: JsonSchema } }
  }
  const silent = [
    'IstioOperatorSpec',
    'Components',
    'Component',
    'GatewayComponent',
    'KubernetesResources',
    'Overlay',
    'Patch',
    'Values',
  ].flatMap((type) =>
    Object.entries(definitions[type]?.properties ?? {})
      .filter(([, { description, deprecated }]) => !description && !deprecated)
      .map(([field]) => `${type}.${field}`),
  )
  expect(silent).toEqual([])
  const fields = Object.entries(definitions).flatMap(([type, { properties }]) =>
    type.includes('/') ? [] : Object.values(properties),
  )
  const told = fields.filter(({ description, deprecated }) => description || deprecated)
  expect(told.length / fields.length).toBeGreaterThan(0.75)
})

test('every setting of RenderIstio is published, and no other', () => {
  const { properties } =
    (jsonSchema('RenderIstio', typesFrom(['RenderIstio'])).definitions as { [type: string]: { properties: object } })
      .RenderIstioSpec ?? {}
  const known: string[] = []
  readSettings(
    { thisIsNoSetting: 1 },
    defaultSettings,
    () => undefined,
    ({ hint }) => known.push(...(hint?.match(/[a-zA-Z]+/g) ?? [])),
  )
  const [, , ...settings] = known
  expect(settings.sort()).toEqual(Object.keys(properties ?? {}).sort())
})
