import type { PresetName } from '../../domain/presets.ts'
import { m } from '../../i18n/paraglide/messages.js'

export const presetLabels: Record<PresetName, () => string> = {
  'package-consumer': m.preset_package_consumer,
  'package-publisher': m.preset_package_publisher,
  'release-publisher': m.preset_release_publisher,
  deployer: m.preset_deployer,
  'terraform-state': m.preset_terraform_state,
  'read-everything': m.preset_read_everything,
}
