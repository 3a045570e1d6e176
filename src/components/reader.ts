import { truth } from './words.ts'

/** Whether istiods of other clusters may read this one (`global.enableReaderRBAC`): unless someone says otherwise. */
export function isReaderWanted(enableReaderRBAC: unknown): boolean {
  return enableReaderRBAC === undefined || truth(enableReaderRBAC)
}
