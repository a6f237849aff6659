export const settings = {
  description: 'Your preferences, kept in this browser.',
  colorScheme: {
    label: 'Light or dark',
    auto: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  time: {
    label: 'Times',
    description: 'Relative ones are written out when they are more than a day away.',
    relative: 'Relative',
    local: 'Local',
    utc: 'UTC',
    example: 'For example:',
  },
  density: {
    label: 'Row height',
    comfortable: 'Comfortable',
    compact: 'Compact',
  },
  shortcuts: {
    label: 'Shortcuts of a single key',
    description: 'Switch them off if you dictate, or hit keys by accident. Ctrl K stays.',
    show: 'Show all shortcuts',
  },
}
