import { lazyPart } from '../shared/lazy-part.tsx'

/** The catalogue is large, and the choice waits for nothing: without it the rows just do not count. */
export const openedEndpoints = lazyPart(() => import('./OpenedEndpoints.tsx'))
