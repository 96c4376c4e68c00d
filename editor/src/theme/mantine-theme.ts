import {
  createTheme,
  defaultVariantColorsResolver,
  mergeThemeOverrides,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from '@mantine/core'

/** Shades are only a fall-back: what a variant really shows is set by `cssVariables` from the tokens. */
const accent: MantineColorsTuple = [
  '#e9eeff',
  '#d3dcfe',
  '#a8bbfb',
  '#7d9bff',
  '#5678f6',
  '#3b62f3',
  '#2450f0',
  '#1c43d1',
  '#1738b0',
  '#102a8c',
]

/** The greys that Mantine's style sheets name by number: edges of inputs and check boxes (4) are `--control`, the rest lies near the tokens. */
const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#eef0f4',
  '#e2e5eb',
  '#cfd4dd',
  '#7f8899',
  '#5d6677',
  '#4b5363',
  '#363d4a',
  '#242a35',
  '#14171f',
]
const dark: MantineColorsTuple = [
  '#eef1f6',
  '#b3bccb',
  '#8f9bae',
  '#7c879a',
  '#6b7588',
  '#272d39',
  '#171b23',
  '#11141b',
  '#0f1218',
  '#0b0e13',
]

/** Text on a filled control: white is not readable on the bright strong colours of the dark theme. */
const variants: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const name = input.color ?? 'accent'
  const mappedToo = ['accent', 'red', 'green', 'yellow', 'gray'].includes(name)
  return input.variant === 'filled' && mappedToo ? { ...colors, color: `var(--mantine-color-${name}-contrast)` } : colors
}

/** Mantine draws these two px smaller than the field, which would be 11 px and less. */
const small = { fontSize: 'var(--mantine-font-size-xs)', lineHeight: 1.4 }

/** Sizes in px: radii 6/10/14, spacing by 4, no text below 12. */
export const theme = createTheme({
  primaryColor: 'accent',
  variantColorResolver: variants,
  black: '#14171f',
  colors: { accent, gray, dark },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--sans)', fontWeight: '700' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 8,
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'sm', radius: 8 },
      styles: { root: { fontWeight: 600 } },
      // The smallest one is 22 px high, and nothing to be pressed may be below 24.
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        root: size === 'compact-xs' ? { '--button-height': '24px' } : {},
      }),
    },
    // In the dark theme its ground is nearly that of the page.
    SegmentedControl: { styles: { root: { boxShadow: 'inset 0 0 0 1px var(--line)' } } },
    ActionIcon: { defaultProps: { radius: 8 } },
    InputWrapper: { styles: { description: small, error: small, success: small } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Modal: { defaultProps: { radius: 14, centered: true, padding: 'lg' } },
    // Without the place holder, which is no item of a menu, the first item has the focus.
    Menu: {
      defaultProps: { radius: 10, shadow: 'md', withInitialFocusPlaceholder: false },
      styles: { dropdown: { borderColor: 'var(--line-strong)' } },
    },
    Popover: { defaultProps: { radius: 10, shadow: 'md' }, styles: { dropdown: { borderColor: 'var(--line-strong)' } } },
  },
})

/** The theme with the words that Mantine's own buttons need: without them a close button is a button without a name. */
export function themeWithWords({ close }: { readonly close: string }): MantineThemeOverride {
  const closable = { defaultProps: { closeButtonProps: { 'aria-label': close } } }
  return mergeThemeOverrides(theme, { components: { Notification: closable, Modal: closable, Drawer: closable } })
}

/** One of Mantine's colours drawn with three tokens: strong, soft, and the text on strong. */
function family(name: string, { strong, soft, on }: Record<'strong' | 'soft' | 'on', string>): Record<string, string> {
  const key = `--mantine-color-${name}`
  return {
    [`${key}-filled`]: strong,
    [`${key}-filled-hover`]: `color-mix(in srgb, ${strong} 88%, var(--ink))`,
    [`${key}-contrast`]: on,
    [`${key}-light`]: soft,
    [`${key}-light-hover`]: `color-mix(in srgb, ${soft} 88%, ${strong})`,
    [`${key}-light-color`]: strong,
    [`${key}-outline`]: strong,
    [`${key}-outline-hover`]: soft,
    [`${key}-text`]: strong,
  }
}

const mapped: Record<string, string> = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  ...family('accent', { strong: 'var(--accent)', soft: 'var(--accent-soft)', on: 'var(--on-accent)' }),
  // Of a red item of a menu, which asks for the shade.
  '--mantine-color-red-6': 'var(--bad)',
  ...family('red', { strong: 'var(--bad)', soft: 'var(--bad-soft)', on: 'var(--on-bad)' }),
  ...family('green', { strong: 'var(--ok)', soft: 'var(--ok-soft)', on: 'var(--surface)' }),
  ...family('yellow', { strong: 'var(--warn)', soft: 'var(--warn-soft)', on: 'var(--surface)' }),
  ...family('gray', { strong: 'var(--ink-2)', soft: 'var(--sunken)', on: 'var(--surface)' }),
}

/** Makes Mantine draw with the tokens, in both themes alike: the tokens themselves change with the theme. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: mapped, dark: mapped })
