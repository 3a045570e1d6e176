import { compileRegex } from '../../re2/regex.ts'
import { parseUrl } from '../url/url.ts'

/** The formats of JSON Schema that Helm checks where the draft asks for it. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  time: isTime,
  'date-time': (text) => /^.{10}[Tt]/.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11)),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text) && text.length <= 254,
  hostname: (text) =>
    text.length <= 253 && /^(?!-)[A-Za-z\d-]{1,63}(?<!-)(\.(?!-)[A-Za-z\d-]{1,63}(?<!-))*\.?$/.test(text),
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: (text) => isUrl(text) && /^[A-Za-z][A-Za-z\d+.-]*:/.test(text),
  'uri-reference': isUrl,
  uuid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  regex: (text) => !('error' in compileRegex(text)),
  'json-pointer': (text) => /^(\/([^~]|~[01])*)*$/.test(text),
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function isTime(text: string): boolean {
  const match = /^(\d\d):(\d\d):(\d\d)(\.\d+)?(z|[-+]\d\d:\d\d)$/i.exec(text)
  if (!match) return false
  const [hour = 0, minute = 0, second = 0] = match.slice(1, 4).map(Number)
  return hour < 24 && minute < 60 && second <= 60
}

function isIpv4(text: string): boolean {
  return (
    /^(\d{1,3})(\.\d{1,3}){3}$/.test(text) &&
    text.split('.').every((part) => /^(0|[1-9]\d*)$/.test(part) && Number(part) < 256)
  )
}

function isIpv6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const plain = tail.includes('.') ? (isIpv4(tail) ? text.replace(tail, '0:0') : '') : text
  const halves = plain.split('::')
  if (plain === '' || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

function isUrl(text: string): boolean {
  return !('error' in parseUrl(text)) && !/[\s\\]/.test(text)
}
