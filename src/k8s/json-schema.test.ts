import { describe, expect, test } from 'vitest'
import { apiType } from './api-type.ts'
import { aliases, jsonSchema, type Shape, shapeSchema } from './json-schema.ts'

describe('shapes', () => {
  const rows: [shape: Shape, schema: unknown][] = [
    ['any', {}],
    ['struct', { type: 'object' }],
    ['bool', { type: 'boolean' }],
    ['core/v1.EnvVar', { $ref: '#/definitions/core~1v1.EnvVar' }],
    [{ list: 'string' }, { type: 'array', items: { type: 'string' } }],
    [{ list: 'Patch' }, { type: 'array', items: { allOf: [{ $ref: '#/definitions/Patch' }, { type: 'object' }] } }],
    [{ map: 'string' }, { type: 'object', additionalProperties: { type: ['string', 'null'] } }],
    [
      { map: 'bool', keys: 'envName' },
      {
        type: 'object',
        propertyNames: { pattern: '^[ -<>-~]*$' },
        additionalProperties: { type: ['boolean', 'null'] },
      },
    ],
    [{ words: ['a', 'b'] }, { enum: ['a', 'b', ''] }],
    [{ names: ['A'], numbers: [0] }, { anyOf: [{ enum: ['A'] }, { enum: [0], doNotSuggest: true }] }],
  ]
  test.each(rows)('%j', (shape, schema) => {
    expect(shapeSchema(shape)).toEqual(schema)
  })
})

test('a type with all that can be said of one', () => {
  const schema = jsonSchema('Root', {
    Root: {
      matching: 'snake',
      fields: {
        firstName: { holds: 'string', about: 'What people call.', default: 'none', examples: ['Ada'] },
        old: { holds: { list: 'Other' }, deprecated: 'Use `firstName`.' },
      },
      exclusive: [['firstName', 'old']],
    },
    Other: { matching: 'exact', fields: { name: { holds: 'string', alias: 'called' } }, required: ['name'] },
    Unused: { matching: 'exact', fields: {} },
  })
  const given = (field: string) => ({ required: [field], properties: { [field]: { not: { type: 'null' } } } })
  expect(schema).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Root',
    $ref: '#/definitions/Root',
    definitions: {
      Other: {
        type: ['object', 'null'],
        properties: {
          name: { type: 'string' },
          called: { type: 'string', doNotSuggest: true, description: 'Written `name` as a rule.' },
        },
        additionalProperties: false,
        required: ['name'],
      },
      Root: {
        type: ['object', 'null'],
        properties: {
          firstName: {
            description: 'What people call.',
            default: 'none',
            examples: ['Ada'],
            type: ['string', 'null'],
          },
          first_name: {
            description: 'Written `firstName` as a rule.',
            default: 'none',
            examples: ['Ada'],
            type: ['string', 'null'],
            doNotSuggest: true,
          },
          old: {
            deprecated: true,
            deprecationMessage: 'Use `firstName`.',
            type: ['array', 'null'],
            items: { allOf: [{ $ref: '#/definitions/Other' }, { type: 'object' }] },
          },
        },
        additionalProperties: false,
        allOf: [
          {
            oneOf: [{ not: { anyOf: [given('firstName'), given('old')] } }, given('firstName'), given('old')],
          },
        ],
      },
    },
  })
})

test('types of the Kubernetes API, narrowed by what the API server asks', () => {
  const port = apiType('core/v1.ServicePort')
  expect(port).toMatchObject({ matching: 'fold', required: ['port'] })
  expect(port?.fields.port).toMatchObject({ holds: 'port' })
  expect(port?.fields.protocol).toMatchObject({ holds: { words: ['TCP', 'UDP', 'SCTP'] } })
  expect(apiType('core/v1.ServiceSpec')?.fields.ports).toMatchObject({ holds: { list: 'core/v1.ServicePort' } })
  expect(apiType('meta/v1.LabelSelector')?.fields.matchLabels).toMatchObject({
    holds: { map: 'labelValue', keys: 'qualifiedName' },
  })
  expect(apiType('core/v1.Nothing')).toBeUndefined()
})

test('other names', () => {
  expect(aliases('accessLogFile', { holds: 'string' }, 'snake')).toEqual(['access_log_file'])
  expect(aliases('address', { holds: 'string' }, 'snake')).toEqual([])
  expect(aliases('accessLogFile', { holds: 'string' }, 'fold')).toEqual([])
  expect(aliases('meshMTLS', { holds: 'string', alias: 'mesh_mTLS' }, 'snake')).toEqual(['mesh_mTLS'])
})
