import type { Withholding } from '../../gotemplate/withheld.ts'

const of = (way: 'chooses' | 'passes', names: string) => names.split(' ').map((name) => [name, way] as const)

/**
 * What functions do with the current time, random texts and keys where those are withheld, so that a chart which has them
 * as a fallback only is rendered when the value itself is given. Functions that put a value into a list or a map, compare
 * it or write it are not here: they would read it.
 */
export const withholding: Withholding = Object.fromEntries([
  ...of('chooses', 'default coalesce ternary empty all any and or not required'),
  ...of('passes', 'print printf quote squote toString upper lower title untitle trim trimAll trimPrefix trimSuffix'),
  ...of('passes', 'nospace trunc substr replace repeat cat indent nindent camelcase kebabcase snakecase swapcase'),
  ...of('passes', 'b64enc b32enc sha1sum sha256sum sha512sum adler32sum derivePassword bcrypt htpasswd encryptAES'),
  ...of('passes', 'date dateInZone date_in_zone dateModify date_modify mustDateModify must_date_modify'),
  ...of('passes', 'htmlDate htmlDateInZone unixEpoch'),
  ...of('passes', 'genSignedCert genSignedCertWithKey genSelfSignedCertWithKey genCAWithKey'),
])
