import { obj, req, str, uint32 } from '../../k8s/schema.ts'

/** A port chosen by its number alone. */
export const portSelector = obj({ number: uint32 })

/** Where traffic is sent: a host of the registry, and perhaps one of its subsets and ports. */
export const destination = obj({ host: str, port: portSelector, subset: str }, req('host'))
