import { isRange } from './address.ts'
import { at, type Rule } from './rule.ts'

/** Fields of `values.global.proxy` that say which traffic goes through the proxy, each a list between commas. */
const fields = [
  { field: 'includeIPRanges', ranges: true, checked: true },
  { field: 'excludeIPRanges', ranges: true, checked: true },
  { field: 'includeInboundPorts', ranges: false, checked: true },
  { field: 'excludeInboundPorts', ranges: false, checked: true },
  { field: 'includeOutboundPorts', ranges: false, checked: false },
  { field: 'excludeOutboundPorts', ranges: false, checked: false },
] as const

/**
 * Reports `invalid-range` and `invalid-port` for items that aren't what the list is of. istioctl looks at the ranges
 * and at the inbound ports; with the outbound ports the init container of every pod would fail.
 */
export const interception: Rule = ({ spec }, tell) => {
  for (const { field, ranges, checked } of fields) {
    const { path, value } = at(spec, 'values', 'global', 'proxy', field)
    if (typeof value !== 'string' || value === '' || value === '*') continue
    const fits = ranges ? isRange : isPort
    const wrong = value.split(',').filter((item) => !fits(item.trim()))
    if (wrong.length === 0) continue
    const items = wrong.map((item) => `"${item.trim()}"`).join(', ')
    tell({
      grade: checked ? 'rejected' : 'mistake',
      code: ranges ? 'invalid-range' : 'invalid-port',
      path,
      must: `be ${ranges ? 'ranges of addresses' : 'ports, 0 to 65535,'} between commas, or "*" alone; ${items} ${wrong.length > 1 ? 'are none' : 'is none'}`,
      hint: ranges ? 'write ranges as "10.0.0.0/8,fd00::/8".' : 'write ports as "80,443".',
    })
  }
}

function isPort(text: string): boolean {
  return text === '' || text === '*' || (/^[+-]?\d+$/.test(text) && Number(text) >= 0 && Number(text) <= 65535)
}
