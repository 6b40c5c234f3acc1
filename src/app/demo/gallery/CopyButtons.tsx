import { m } from '../../../i18n/paraglide/messages.js'
import { Button } from '../../../ui/Button.tsx'
import { copyText, testLineOf } from './copy-text.ts'

type CopyButtonsProps = {
  /** The name of the state. */
  name: string
  /** The whole address of the state. */
  address: string
}

/** Copies the address of a state, or the line with which a test opens it. */
export function CopyButtons({ name, address }: CopyButtonsProps) {
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={m.demo_gallery_copy_address_of({ name })}
        onClick={() => void copyText(address)}
      >
        {m.demo_gallery_copy_address()}
      </Button>
      <Button
        size="small"
        variant="quiet"
        aria-label={m.demo_gallery_copy_test_of({ name })}
        onClick={() => void copyText(testLineOf(name))}
      >
        {m.demo_gallery_copy_test()}
      </Button>
    </>
  )
}
