import { expect, test } from 'vitest'
import { shippedOnly } from './sbom.mjs'

const tool = [{ name: 'cdx:npm:package:development', value: 'true' }]

/** A package as npm describes it, including private data that must not be copied. */
const described = (name: string, properties: object[] = []) => ({
  'bom-ref': `${name}@1.0.0`,
  type: 'library',
  name,
  version: '1.0.0',
  scope: 'required',
  author: 'Somebody <somebody@mail.example>',
  description: 'Does something',
  purl: `pkg:npm/${name}@1.0.0`,
  properties: [...properties, { name: 'cdx:npm:package:path', value: `node_modules/${name}` }],
  externalReferences: [
    { type: 'distribution', url: `https://registry.example/${name}/-/${name}-1.0.0.tgz` },
  ],
  hashes: [{ alg: 'SHA-512', content: '00' }],
  licenses: [{ license: { id: 'MIT' } }],
})

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  metadata: {
    timestamp: '2026-01-15T09:00:00Z',
    component: { name: 'folder-of-this-checkout', externalReferences: [] },
  },
  components: [described('ky'), described('vitest', tool), described('vite', tool)],
  dependencies: [
    { ref: 'job-token-console@0.1.0', dependsOn: ['ky@1.0.0', 'vitest@1.0.0', 'vite@1.0.0'] },
    { ref: 'ky@1.0.0', dependsOn: [] },
    { ref: 'vitest@1.0.0', dependsOn: ['vite@1.0.0'] },
    { ref: 'vite@1.0.0', dependsOn: ['vitest@1.0.0'] },
  ],
}
const own = {
  name: 'job-token-console',
  version: '0.1.0',
  license: 'MIT',
  dependencies: { ky: '1.0.0' },
}

test('a bill of materials lists what is in the build, and no other tool', () => {
  const { components, dependencies } = shippedOnly(bom, own)
  expect(components.map(({ name }: { name: string }) => name)).toEqual(['ky', 'vite'])
  expect(components[0]).toMatchObject({ purl: 'pkg:npm/ky@1.0.0', hashes: [{ content: '00' }] })
  expect(dependencies).toEqual([
    { ref: 'job-token-console@0.1.0', dependsOn: ['ky@1.0.0', 'vite@1.0.0'] },
    { ref: 'ky@1.0.0', dependsOn: [] },
    { ref: 'vite@1.0.0', dependsOn: [] },
  ])
})

test('it names no machine, no registry, no person and no time', () => {
  const text = JSON.stringify(shippedOnly(bom, own))
  expect(text).not.toMatch(/registry|node_modules|mail\.example|folder-of|2026-01-15|uuid/)
  expect(text).toContain('job-token-console')
})
