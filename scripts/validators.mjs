// Compiles the validators of src/istio/schema with ajv, ahead of time: nothing is compiled when the program runs.
//
// The schemas come in two keywords of our own (src/istio/schema/validated.ts) instead of draft-07's: ajv resolves the
// references, finds out what is used and prints a module, and the keywords here decide what a validator's code is, so
// that 270 types take 43 KB instead of the 890 KB that ajv's own keywords make of them. A test holds the result against
// ajv's own validators of the published JSON Schema.
//
// Nothing is written to disk: builds and tests ask for the module by the name that the sources import.
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { _, Name } from 'ajv/dist/compile/codegen/index.js'
import { resolveRef } from 'ajv/dist/compile/index.js'
import N from 'ajv/dist/compile/names.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { getValidate } from 'ajv/dist/vocabularies/core/ref.js'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const names = N.default ?? N

/** The modules that are made, by the names under which src/stages/validate describes and imports them. */
const modules = { 'validators.js': validators, 'schema-types.js': schemaTypes }

/** The validators. */
async function validators() {
  const { decoderForms, nameOf, validatedSchemas } = await importSource('src/istio/schema/validated.ts')
  const roots = {
    operator: 'IstioOperator',
    labelSelector: 'meta/v1.LabelSelector',
    nodeSelector: 'core/v1.NodeSelector',
  }
  const forms = decoderForms()
  const { definitions } = validatedSchemas([...Object.values(roots), ...forms])

  const ajv = new Ajv({ allErrors: true, inlineRefs: false, code: { source: true, esm: true, optimize: 2 } })
  for (const one of keywords) ajv.addKeyword(one)
  ajv.addSchema({ $id: 'schemas', definitions })
  const exported = [...Object.entries(roots), ...forms.map((form) => [`form_${form}`, form])]
  const references = exported.map(([name, shape]) => [
    name,
    `schemas#/definitions/${encodeURIComponent(nameOf(shape))}`,
  ])
  return [
    "import { members, wrong } from './check.ts'",
    shortened(standaloneCode(ajv, Object.fromEntries(references))),
    `export const decoders = { ${forms.map((form) => `${form}: form_${form}`).join(', ')} }`,
  ].join('\n')
}

/** The types themselves, as a text: parsing one is cheap, and a run without mistakes doesn't even do that. */
async function schemaTypes() {
  const { typesFrom } = await importSource('src/istio/schema/index.ts')
  const text = JSON.stringify(typesFrom(['IstioOperator', 'RenderIstio']))
  return `export function schemaTypes() { return JSON.parse(${JSON.stringify(text)}) }`
}

/** ajv prints a frame around each validator, for keywords that may come together and leave their errors on it. */
function shortened(code) {
  const short = code
    .replace('"use strict";', '')
    .replaceAll('{instancePath="", parentData, parentDataProperty, rootData=data}={}', 'instancePath')
    .replace(
      /let vErrors = null;let errors = 0;vErrors = (.*?);validate\d+\.errors = vErrors;return errors === 0;/g,
      'return $1;',
    )
  if (/vErrors|parentData/.test(short)) throw new Error('ajv must frame validators as this script expects it')
  return short
}

async function importSource(file) {
  const { outputFiles } = await build({
    entryPoints: [root + file],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

/** The keyword whose validator is one call that returns what is wrong, or null. */
function keyword(name, call) {
  return {
    keyword: name,
    code: (cxt) => cxt.gen.assign(names.vErrors, call(cxt)),
  }
}

const keywords = [
  keyword('members', (cxt) => {
    const { fields, matching, aliases, exclusive, required } = cxt.schema
    const table = object(Object.entries(fields).map(([name, of]) => [name, held(cxt, of)]))
    const options = [
      ...(Object.keys(aliases).length > 0 ? [['aliases', literal(aliases)]] : []),
      ...(exclusive.length > 0 ? [['exclusive', literal(exclusive)]] : []),
      ...(required.length > 0 ? [['required', literal(required)]] : []),
    ]
    const more = [...(matching === 'exact' ? [] : [_`${matching}`]), ...(options.length > 0 ? [object(options)] : [])]
    return call('members', cxt, table, ...(matching === 'exact' && more.length > 0 ? [_`undefined`] : []), ...more)
  }),
  keyword('form', (cxt) => _`${fits(cxt, cxt.schema)} ? null : wrong(${names.instancePath})`),
]

function call(name, { data }, ...more) {
  const rest = more.reduce((all, one) => _`${all}, ${one}`, _``)
  return _`${new Name(name)}(${data}, ${names.instancePath}${rest})`
}

/** What a field holds, as src/stages/validate/check.ts takes it. */
function held(cxt, of) {
  if (of === 0) return _`0`
  if (Array.isArray(of)) return _`[${held(cxt, of[0])}]`
  return typeof of === 'string'
    ? validator(cxt, of)
    : object([['of', held(cxt, of.of)], ...(of.keys ? [['keys', validator(cxt, of.keys)]] : [])])
}

/** The function that ajv makes of the definition of that name. */
function validator(cxt, name) {
  const { self, baseId, schemaEnv } = cxt.it
  return getValidate(cxt, resolveRef.call(self, schemaEnv.root, baseId, `#/definitions/${encodeURIComponent(name)}`))
}

/** An object literal. */
function object(pairs) {
  const members = pairs.reduce((all, [name, value], index) => _`${all}${index > 0 ? _`, ` : _``}${name}: ${value}`, _``)
  return _`{${members}}`
}

/** JSON as it stands. */
function literal(value) {
  if (Array.isArray(value)) {
    return _`[${value.map(literal).reduce((all, one, index) => _`${all}${index > 0 ? _`, ` : _``}${one}`, _``)}]`
  }
  return typeof value === 'object'
    ? object(Object.entries(value).map(([name, inner]) => [name, literal(inner)]))
    : _`${value}`
}

/** Whether a scalar is what a schema of `type`, bounds, `pattern`, `enum` or several of them (`anyOf`) says. */
function fits(cxt, schema) {
  const { data, gen } = cxt
  if (schema.anyOf) return any(schema.anyOf.map((one) => fits(cxt, one)))
  if (schema.enum) return _`${literal(schema.enum)}.includes(${data})`
  const { format, pattern, minLength, maxLength, minimum, maximum } = schema
  const bounds = (low, high, of) => [
    ...(low === undefined ? [] : [_`${of} >= ${low}`]),
    ...(high === undefined ? [] : [_`${of} <= ${high}`]),
  ]
  const regExp = () =>
    gen.scopeValue('pattern', { key: pattern, ref: new RegExp(pattern, 'u'), code: _`new RegExp(${pattern}, "u")` })
  const ways = {
    string: () => [
      _`typeof ${data} == "string"`,
      ...bounds(minLength, maxLength, _`${data}.length`),
      ...(pattern === undefined ? [] : [_`${regExp()}.test(${data})`]),
      ...(format === undefined ? [] : bounds(minimum, maximum, _`+${data}`)),
    ],
    boolean: () => [_`typeof ${data} == "boolean"`],
    integer: () => [_`Number.isInteger(${data})`, ...bounds(minimum, maximum, data)],
    number: () => [_`typeof ${data} == "number"`, ...bounds(minimum, maximum, data)],
    object: () => [_`typeof ${data} == "object"`, _`${data} !== null`, _`!Array.isArray(${data})`],
  }
  return any([schema.type].flat().map((type) => ways[type]().reduce((all, one) => _`${all} && ${one}`)))
}

function any(conditions) {
  return _`(${conditions.reduce((all, one) => _`${all} || ${one}`)})`
}

const folder = `${root}src/stages/validate/`
const imported = new RegExp(`(?:^|/)(${Object.keys(modules).join('|').replaceAll('.', '\\.')})$`)

/** For esbuild. */
export const validatorsForEsbuild = {
  name: 'validators',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: imported }, ({ path }) => ({ path: folder + imported.exec(path)[1], namespace: 'validators' }))
    onLoad({ filter: imported, namespace: 'validators' }, async ({ path }) => ({
      contents: await modules[imported.exec(path)[1]](),
      resolveDir: folder,
    }))
  },
}

/** For Vite, and so for vitest. */
export const validatorsForVite = {
  name: 'validators',
  enforce: 'pre',
  resolveId: (id) => (imported.test(id) ? folder + imported.exec(id)[1] : undefined),
  load: (id) => (id.startsWith(folder) && imported.test(id) ? modules[imported.exec(id)[1]]() : undefined),
}
