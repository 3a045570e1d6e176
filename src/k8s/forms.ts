/**
 * The forms that a scalar may be written in: what must be said of a value that has another one, and the same as JSON
 * Schema. The first half are what decoders of the Kubernetes API and of protobuf take; the second half narrows one of
 * those (`of`) to what the API server accepts in a place.
 */
export interface Form {
  /** Continues "`field` must …". */
  readonly must: string
  readonly schema: {
    readonly type: ScalarType | readonly ScalarType[]
    readonly minimum?: number
    readonly maximum?: number
    readonly minLength?: number
    readonly maxLength?: number
    readonly pattern?: string
    /** A number, even where it is written as text; the bounds hold then, too. */
    readonly format?: 'int32' | 'int64' | 'uint32' | 'double'
  }
  readonly example?: string
  /** The wider form that a decoder asks for. */
  readonly of?: string
}

type ScalarType = 'string' | 'boolean' | 'integer' | 'number'

const int32 = { minimum: -2147483648, maximum: 2147483647 }
const uint32 = { minimum: 0, maximum: 4294967295 }
const whole = 'be a whole number'
const numeral = '^-?\\d{1,19}$'
const positiveNumeral = '^\\d{1,19}$'

const decoded = {
  string: { must: 'be text', schema: { type: 'string' } },
  bool: { must: 'be true or false', schema: { type: 'boolean' } },
  int32: { must: whole, schema: { type: 'integer', ...int32 } },
  int64: { must: whole, schema: { type: 'integer' } },
  uint32: { must: whole, schema: { type: 'integer', ...uint32 } },
  quantity: {
    must: 'be a quantity',
    example: '500m, 2, 1Gi',
    schema: {
      type: ['string', 'number'],
      pattern: '^[+-]?(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
    },
  },
  intOrString: { must: 'be a whole number or text', schema: { type: ['integer', 'string'], ...int32 } },
  bytes: {
    must: 'be base64 text',
    schema: { type: 'string', pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' },
  },
  time: {
    must: 'be a time',
    example: '2026-01-31T12:00:00Z',
    schema: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' },
  },
  // Protobuf's JSON form takes numbers as text, too.
  protoInt32: { must: whole, schema: { type: ['integer', 'string'], format: 'int32', ...int32, pattern: numeral } },
  protoInt64: { must: whole, schema: { type: ['integer', 'string'], format: 'int64', pattern: numeral } },
  protoUint32: {
    must: whole,
    schema: { type: ['integer', 'string'], format: 'uint32', ...uint32, pattern: positiveNumeral },
  },
  double: {
    must: 'be a number',
    schema: {
      type: ['number', 'string'],
      format: 'double',
      pattern: '^([+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|-?Infinity)$',
    },
  },
  duration: {
    must: 'be a duration',
    example: '500ms, 30s, 1h30m',
    schema: { type: 'string', pattern: '^[+-]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|[\\u00b5\\u03bc]s|ms|s|m|h))+)$' },
  },
  /** What image tags are printed from. */
  scalar: { must: 'be text or a number', schema: { type: ['string', 'number', 'boolean'] } },
} as const satisfies { readonly [form: string]: Form }

const name = '([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)'
const dnsLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'

const narrowed = {
  nonNegative: { of: 'int32', must: `${whole}, 0 or more`, schema: { type: 'integer', ...int32, minimum: 0 } },
  positive: { of: 'int32', must: `${whole}, 1 or more`, schema: { type: 'integer', ...int32, minimum: 1 } },
  nonNegative64: { of: 'int64', must: `${whole}, 0 or more`, schema: { type: 'integer', minimum: 0 } },
  weight: { of: 'int32', must: 'be a weight', schema: { type: 'integer', minimum: 1, maximum: 100 } },
  fileMode: {
    of: 'int32',
    must: 'be a file mode',
    example: '0644',
    schema: { type: 'integer', minimum: 0, maximum: 511 },
  },
  port: { of: 'int32', must: 'be a port', schema: { type: 'integer', minimum: 1, maximum: 65535 } },
  portOrZero: { of: 'int32', must: 'be a port', schema: { type: 'integer', minimum: 0, maximum: 65535 } },
  protoPort: {
    of: 'protoUint32',
    must: 'be a port',
    schema: { type: ['integer', 'string'], format: 'uint32', minimum: 1, maximum: 65535, pattern: positiveNumeral },
  },
  portOrName: {
    of: 'intOrString',
    must: 'be a port number, or the name of a port',
    example: '8080, http',
    schema: {
      type: ['integer', 'string'],
      minimum: 0,
      maximum: 65535,
      maxLength: 15,
      pattern: '^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$',
    },
  },
  quantityText: {
    of: 'string',
    must: 'be a quantity as text',
    example: '"500m", "2", "1Gi"',
    schema: { type: 'string', pattern: `${decoded.quantity.schema.pattern}|^$` },
  },
  countOrPercent: {
    of: 'intOrString',
    must: 'be a whole number, or a percentage',
    example: '1, 25%',
    schema: { type: ['integer', 'string'], minimum: 0, maximum: int32.maximum, pattern: '^\\d+%$' },
  },
  labelValue: {
    of: 'string',
    must: 'be a label value: at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
    schema: { type: 'string', maxLength: 63, pattern: `^${name}?$` },
  },
  qualifiedName: {
    of: 'string',
    must: 'be a name of at most 63 letters, digits, `-`, `_` and `.`, if need be after a DNS name and `/`',
    example: 'app, example.com/team',
    schema: {
      type: 'string',
      pattern: `^(${dnsLabel}(\\.${dnsLabel})*/)?(?=[^/]{1,63}$)${name}$`,
    },
  },
  annotationKey: {
    of: 'string',
    must: 'be a name of at most 63 letters, digits, `-`, `_` and `.`, if need be after a DNS name and `/`',
    example: 'example.com/owner',
    // The API server folds the case of the DNS name before it looks.
    schema: {
      type: 'string',
      pattern: `^([a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?/)?(?=[^/]{1,63}$)${name}$`,
    },
  },
  dnsLabel: {
    of: 'string',
    must: 'be a DNS label: at most 63 lower-case letters, digits and `-`, with a letter or digit at both ends',
    schema: { type: 'string', maxLength: 63, pattern: `^(${dnsLabel})?$` },
  },
  dnsName: {
    of: 'string',
    must: 'be a DNS name: lower-case letters, digits, `-` and `.`',
    schema: { type: 'string', maxLength: 253, pattern: `^(${dnsLabel}(\\.${dnsLabel})*)?$` },
  },
  envName: {
    of: 'string',
    must: 'be the name of an environment variable: printable and without `=`',
    schema: { type: 'string', minLength: 1, pattern: '^[ -<>-~]*$' },
  },
  cidr: {
    of: 'string',
    must: 'be a range of addresses',
    example: '10.0.0.0/8',
    schema: { type: 'string', pattern: '^[0-9a-fA-F.:]+/\\d{1,3}$' },
  },
  logLevels: {
    of: 'string',
    must: 'be log levels by scope',
    example: 'default:info,ads:debug',
    schema: {
      type: 'string',
      pattern: '^(([\\w-]+:)?(none|fatal|error|warn|info|debug)(,([\\w-]+:)?(none|fatal|error|warn|info|debug))*)?$',
    },
  },
  proxyLogLevels: {
    of: 'string',
    must: 'be log levels of the proxy by component',
    example: 'misc:error,http:debug',
    schema: {
      type: 'string',
      pattern:
        '^(\\w+:(trace|debug|info|warning|warn|error|critical|off)(,\\w+:(trace|debug|info|warning|warn|error|critical|off))*)?$',
    },
  },
} as const satisfies { readonly [form: string]: Form & { readonly of: keyof typeof decoded } }

export const forms = { ...decoded, ...narrowed } as const

/** The name of a form. */
export type FormName = keyof typeof forms

/** The form of that name; `undefined` for the names of types, and for what may be anything. */
export function formOf(name: unknown): Form | undefined {
  return typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name as FormName] : undefined
}
