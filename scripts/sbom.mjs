// Writes the bill of materials beside the build: sbom.cdx.json in CycloneDX format, from the output
// of `npm sbom`. Copies only the fields that identify a package: npm also lists the folder, the
// time, the registry and people's addresses, with which two builds of the same commit would differ.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const fileName = 'sbom.cdx.json'
/** Development tools whose contents are in the build; vite.config.ts lists them, too. */
const copied = ['@gitlab/fonts', '@gitlab/svgs', '@inlang/paraglide-js', 'rolldown', 'vite']

function fail(message) {
  console.error(`Bill of materials: ${message}`)
  process.exit(1)
}

/** The shipped packages. @param bom parsed output of `npm sbom` @param own parsed package.json */
export function shippedOnly(bom, own) {
  const isTool = ({ properties = [] }) =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
  const components = bom.components
    .filter((component) => !isTool(component) || copied.includes(component.name))
    .map(({ type, name, version, purl, hashes, licenses, ...others }) => ({
      type,
      'bom-ref': others['bom-ref'],
      name,
      version,
      purl,
      hashes,
      licenses,
    }))
  const refs = new Set(components.map((component) => component['bom-ref']))
  const ref = `${own.name}@${own.version}`
  const license = [{ license: { id: own.license } }]
  return {
    $schema: bom.$schema,
    bomFormat: bom.bomFormat,
    specVersion: bom.specVersion,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': ref,
        name: own.name,
        version: own.version,
        licenses: license,
      },
    },
    components,
    dependencies: [
      {
        ref,
        dependsOn: components
          .filter(({ name }) => isDirect(name, own))
          .map((one) => one['bom-ref']),
      },
      ...bom.dependencies
        .filter((one) => refs.has(one.ref))
        .map(({ ref, dependsOn = [] }) => ({
          ref,
          dependsOn: dependsOn.filter((to) => refs.has(to)),
        })),
    ],
  }
}

const isDirect = (name, own) => name in own.dependencies || copied.includes(name)

function write() {
  const args = ['sbom', '--sbom-format=cyclonedx', '--include=dev']
  // The npm that runs this script, on this Node: a bare `npm` is npm.cmd on Windows.
  const npm = process.env.npm_execpath
  const [file, before] = npm ? [process.execPath, [npm]] : ['npm', []]
  const { status, stdout, stderr } = spawnSync(file, [...before, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: !npm && process.platform === 'win32',
  })
  if (status !== 0) fail(`npm sbom failed\n${stderr}`)
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const bom = shippedOnly(JSON.parse(stdout), own)
  const missing = [...Object.keys(own.dependencies), ...copied].filter(
    (name) => !bom.components.some((component) => component.name === name),
  )
  if (missing.length > 0) fail(`${missing.join(', ')} is not installed as package.json says`)
  writeFileSync(join(root, fileName), `${JSON.stringify(bom, null, 2)}\n`)
  console.log(`Bill of materials: ${bom.components.length} packages, ${fileName}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write()
