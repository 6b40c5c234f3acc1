import { Combobox as Base } from '@base-ui/react/combobox'
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react'
import styles from './Combobox.module.css'
import { useDialogElement } from './dialog-element.ts'
import { Field, type FieldTexts } from './Field.tsx'
import field from './field.module.css'
import { Icon } from './Icon.tsx'
import { Spinner } from './Spinner.tsx'

/** Items below one heading. */
export type ComboboxGroup<Item> = { label: string; items: readonly Item[] }

type ComboboxProps<Item> = FieldTexts & {
  /** What matches the text, found by the owner. */
  groups: readonly ComboboxGroup<Item>[]
  /** Tells items apart. */
  itemKey: (item: Item) => string
  /** What stands in the field once the item is chosen. */
  itemToText: (item: Item) => string
  renderItem: (item: Item) => ReactNode
  isItemDisabled?: ((item: Item) => boolean) | undefined
  /** What is typed. It is the owner's and only typing or choosing changes it. */
  inputValue: string
  onInputValueChange: (text: string) => void
  value: Item | null
  onValueChange: (item: Item | null) => void
  /** A spinner in the field. */
  loading?: boolean | undefined
  /** Below the items: being searched, nothing found, how many. Announced. */
  status?: ReactNode
  placeholder?: string | undefined
  name?: string | undefined
  autoFocus?: boolean | undefined
  onBlur?: (() => void) | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/**
 * A text field that suggests. The text need not be one of the suggestions, and it stays what was
 * typed when the list closes.
 */
export function Combobox<Item>({
  label,
  labelHidden,
  description,
  error,
  groups,
  itemKey,
  itemToText,
  renderItem,
  isItemDisabled,
  inputValue,
  onInputValueChange,
  value,
  onValueChange,
  loading = false,
  status,
  placeholder,
  name,
  autoFocus,
  onBlur,
  ref,
}: ComboboxProps<Item>) {
  const dialog = useDialogElement()
  const [open, setOpen] = useState(false)
  const filled = groups.filter((group) => group.items.length > 0)
  const hasList = filled.length > 0 || Boolean(status)

  return (
    <Field label={label} labelHidden={labelHidden} description={description} error={error}>
      {(control) => (
        <Base.Root
          items={filled}
          filter={null}
          open={open && hasList}
          onOpenChange={setOpen}
          inputValue={inputValue}
          onInputValueChange={(text, { reason }) => {
            // Left alone, it would put back the chosen item's text whenever the list closes.
            if (reason === 'input-change' || reason === 'item-press') onInputValueChange(text)
          }}
          value={value}
          onValueChange={onValueChange}
          itemToStringLabel={itemToText}
          isItemEqualToValue={(one, other) => itemKey(one) === itemKey(other)}
        >
          <div className={styles.anchor}>
            <Base.Input
              {...control}
              ref={ref}
              name={name}
              className={field.control}
              placeholder={placeholder}
              autoFocus={autoFocus}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onBlur={onBlur}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && !(open && hasList)) leaveToOthers(event)
              }}
            />
            {loading && (
              <span className={styles.spinner}>
                <Spinner />
              </span>
            )}
          </div>
          <Base.Portal container={dialog ?? undefined}>
            <Base.Positioner
              className={styles.positioner}
              sideOffset={4}
              collisionPadding={8}
              positionMethod="fixed"
            >
              <Base.Popup className={styles.popup}>
                <Base.List className={styles.list}>
                  {(group: ComboboxGroup<Item>) => (
                    <Base.Group key={group.label} items={group.items} className={styles.group}>
                      <Base.GroupLabel className={styles.heading}>{group.label}</Base.GroupLabel>
                      <Base.Collection>
                        {(item: Item) => (
                          <Base.Item
                            key={itemKey(item)}
                            value={item}
                            disabled={isItemDisabled?.(item) ?? false}
                            className={styles.item}
                          >
                            <span className={styles.mark}>
                              <Base.ItemIndicator>
                                <Icon name="check" />
                              </Base.ItemIndicator>
                            </span>
                            <span className={styles.content}>{renderItem(item)}</span>
                          </Base.Item>
                        )}
                      </Base.Collection>
                    </Base.Group>
                  )}
                </Base.List>
                <Base.Status className={styles.status}>{status}</Base.Status>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  )
}

/** With no list to close, Escape is for the dialog around; it would empty the field otherwise. */
function leaveToOthers(event: KeyboardEvent & { preventBaseUIHandler: () => void }) {
  event.preventBaseUIHandler()
}
