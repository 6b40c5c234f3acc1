/** The simulated GitLab over HTTP, for programs that start it by themselves. */
export type { DialChanges } from '../mocks/dials.ts'
export { type MockServer, type ServerOptions, startServer } from '../mocks/server.ts'
export type { MockState } from '../mocks/state.ts'
