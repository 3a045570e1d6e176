/** Functions on URLs. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { hostname, parseUrl, urlText } from '../url/url.ts' // on demand
import { reflectKind } from '../value/kinds.ts'

export const urlFunctions: Readonly<Record<string, Signature>> = {
  urlParse: { parameters: ['string'], call: taken },
  urlJoin: { parameters: ['map'], call: (parts: Readonly<Record<string, unknown>> | null) => joined(parts ?? {}) },
}

function taken(text: string): Record<string, unknown> {
  const url = parseUrl(text)
  if ('error' in url) throw new FunctionError(`unable to parse url: ${url.error}`)
  const { scheme, host, path, query, opaque, fragment, user = '' } = url
  return { scheme, host, hostname: hostname(host), path, query, opaque, fragment, userinfo: user }
}

function joined(parts: Readonly<Record<string, unknown>>): string {
  const part = (key: string): string => {
    if (!Object.hasOwn(parts, key)) return ''
    const value = parts[key]
    if (typeof value === 'string') return value
    if (value === null || value === undefined)
      throw new FunctionError('runtime error: invalid memory address or nil pointer dereference')
    throw new FunctionError(`unable to parse ${key} key, must be of type string, but ${reflectKind(value)} found`)
  }
  const url = {
    scheme: part('scheme'),
    host: part('host'),
    path: part('path'),
    query: part('query'),
    opaque: part('opaque'),
    fragment: part('fragment'),
    rawPath: '',
    rawFragment: '',
    hasEmptyQuery: false,
    omitsHost: false,
    user: userOf(part('userinfo')),
  }
  return urlText(url)
}

function userOf(info: string): string | undefined {
  if (info === '') return undefined
  const url = parseUrl(`proto://${info}@host`)
  if ('error' in url) throw new FunctionError(`unable to parse userinfo in dict: ${url.error}`)
  return url.user
}
