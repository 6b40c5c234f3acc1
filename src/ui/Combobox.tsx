import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import styles from './Combobox.module.css'
import { afterPaint } from './defer.ts'
import { Field, type FieldTexts } from './Field.tsx'
import field from './field.module.css'
import { Icon } from './Icon.tsx'
import { placeBelow } from './place.ts'
import { Spinner } from './Spinner.tsx'

/** Items below a common heading. */
export type ComboboxGroup<Item> = { label: string; items: readonly Item[] }

type ComboboxProps<Item> = FieldTexts & {
  /** Shown below the field: what the text stands for. */
  note?: ReactNode
  /** The items that match the text, found by the owner. */
  groups: readonly ComboboxGroup<Item>[]
  /** Identifies an item. */
  itemKey: (item: Item) => string | number
  /** The text that an item puts into the field when it is chosen. */
  itemToText: (item: Item) => string
  renderItem: (item: Item) => ReactNode
  /** The text in the field, controlled by the owner. Only typing and choosing change it. */
  inputValue: string
  onInputValueChange: (text: string) => void
  value: Item | null
  /** Called with the chosen item, or with null once the text of a chosen item is edited. */
  onValueChange: (item: Item | null) => void
  /** Shows a spinner in the field. */
  loading?: boolean | undefined
  /** Shown below the items and announced: searching, nothing found, or how many there are. */
  status?: string | undefined
  placeholder?: string | undefined
  name?: string | undefined
  onBlur?: (() => void) | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/**
 * A text field with suggestions: the editable combobox of the ARIA Authoring Practices. The text
 * need not be one of the suggestions, and it stays as typed when the list closes.
 *
 * Not Base UI's combobox: while its list is open, that one hides everything else from screen
 * readers, including the field's own label and the buttons of the dialog around it, and it adds
 * buttons that are named in English in every language.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Combobox<Item>({
  label,
  labelHidden,
  description,
  note,
  error,
  groups,
  itemKey,
  itemToText,
  renderItem,
  inputValue,
  onInputValueChange,
  value,
  onValueChange,
  loading = false,
  status,
  placeholder,
  name,
  onBlur,
  ref,
}: ComboboxProps<Item>) {
  const id = useId()
  const anchor = useRef<HTMLDivElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const pressing = useRef(false)
  const [focused, setFocused] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [activeKey, setActiveKey] = useState<string | number>()

  const filled = groups
    .map(({ label, items }) => ({ label, items: once(items, itemKey) }))
    .filter(({ items }) => items.length > 0)
  const items = filled.flatMap((group) => group.items)
  const listed = focused && wanted && items.length > 0
  const open = focused && wanted && (listed || Boolean(status))
  const activeIndex = listed ? items.findIndex((item) => itemKey(item) === activeKey) : -1
  const optionId = (item: Item) => `${id}option${itemKey(item)}`
  const active = items[activeIndex]

  useEffect(() => {
    const element = popup.current
    const below = anchor.current
    if (!focused || !element || !below) return
    // The list is in the top layer, so that no ancestor clips it. It is shown empty soon after the
    // focus: some screen readers do not announce a status that appears together with its text.
    const place = () => show(element, below)
    const cancel = afterPaint(place)
    window.addEventListener('scroll', place, true)
    window.addEventListener('resize', place)
    return () => {
      cancel()
      window.removeEventListener('scroll', place, true)
      window.removeEventListener('resize', place)
      if (element.isConnected) element.hidePopover?.()
    }
  }, [focused])

  useEffect(() => {
    if (!focused) return
    const onPress = () => {
      pressing.current = true
    }
    const onRelease = () => {
      pressing.current = false
    }
    window.addEventListener('pointerdown', onPress, true)
    window.addEventListener('pointerup', onRelease, true)
    return () => {
      window.removeEventListener('pointerdown', onPress, true)
      window.removeEventListener('pointerup', onRelease, true)
    }
  }, [focused])

  useEffect(() => {
    // After every render, because a list above the field moves when the height of its content
    // changes.
    if (open && popup.current && anchor.current) show(popup.current, anchor.current)
  })

  useEffect(() => {
    if (activeKey === undefined) return
    popup.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [activeKey])

  function close() {
    setWanted(false)
    setActiveKey(undefined)
  }

  function type(text: string) {
    setWanted(true)
    setActiveKey(undefined)
    onInputValueChange(text)
    if (value !== null) onValueChange(null)
  }

  function choose(item: Item) {
    onInputValueChange(itemToText(item))
    onValueChange(item)
    close()
  }

  /** Calls `onBlur` after the pointer's release: the owner must not move a button under a press. */
  function leave() {
    setFocused(false)
    close()
    const tell = () => setTimeout(() => onBlur?.())
    if (pressing.current) window.addEventListener('pointerup', tell, { once: true })
    else tell()
    pressing.current = false
  }

  function move(step: 1 | -1) {
    setWanted(true)
    const from = activeIndex < 0 && step < 0 ? 0 : activeIndex
    const next = items.at((from + step) % items.length)
    if (next !== undefined) setActiveKey(itemKey(next))
  }

  function onKeyDown(event: KeyboardEvent) {
    // Keys that an input method uses, such as to select a Japanese spelling, do not control the
    // list.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && active !== undefined) choose(active)
    else if (event.key === 'Escape' && open) close()
    else {
      if (event.key === 'Enter') close()
      return
    }
    // The key is used up: Enter must not submit the form, Escape must not close the dialog.
    event.preventDefault()
  }

  return (
    <Field
      label={label}
      labelHidden={labelHidden}
      description={description}
      note={note}
      error={error}
    >
      {(control) => (
        <div ref={anchor} className={styles.anchor}>
          <input
            {...control}
            ref={ref}
            name={name}
            role="combobox"
            className={field.control}
            aria-autocomplete="list"
            aria-expanded={listed}
            aria-controls={listed ? `${id}list` : undefined}
            aria-activedescendant={active === undefined ? undefined : optionId(active)}
            aria-busy={loading || undefined}
            placeholder={placeholder}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={inputValue}
            onChange={(event) => type(event.target.value)}
            onClick={() => setWanted(true)}
            onFocus={() => setFocused(true)}
            onBlur={leave}
            onKeyDown={onKeyDown}
          />
          {loading && (
            <span className={styles.spinner}>
              <Spinner />
            </span>
          )}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the field */}
          <div
            ref={popup}
            popover="manual"
            className={styles.popup}
            data-focused={focused}
            data-open={open}
            onMouseDown={(event) => event.preventDefault()}
          >
            {listed && (
              <div
                id={`${id}list`}
                role="listbox"
                aria-label={label}
                tabIndex={-1}
                className={styles.list}
              >
                {filled.map((group) => (
                  // biome-ignore lint/a11y/useSemanticElements: a list box holds no fieldset
                  <div
                    key={group.label}
                    role="group"
                    aria-label={group.label}
                    className={styles.group}
                  >
                    <div className={styles.heading} aria-hidden="true">
                      {group.label}
                    </div>
                    {group.items.map((item) => (
                      // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
                      // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                      <div
                        key={itemKey(item)}
                        id={optionId(item)}
                        role="option"
                        className={styles.item}
                        aria-selected={value !== null && itemKey(value) === itemKey(item)}
                        data-active={item === active ? '' : undefined}
                        onClick={() => choose(item)}
                      >
                        <span className={styles.mark}>
                          <Icon name="check" />
                        </span>
                        <span className={styles.content}>{renderItem(item)}</span>
                      </div>
                    ))}
                  </div>
                ))}
              </div>
            )}
            <div role="status" className={styles.status}>
              {open && status}
            </div>
          </div>
        </div>
      )}
    </Field>
  )
}

/** Removes repeated items: the search may find one several times. */
const once = <Item,>(items: readonly Item[], keyOf: (item: Item) => string | number) => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

function show(popup: HTMLElement, below: HTMLElement) {
  popup.showPopover?.()
  placeBelow(popup, below)
}
