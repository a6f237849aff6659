export const settings = {
  description: 'What you like, kept in this browser.',
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
    example: 'Now:',
  },
  density: {
    label: 'Height of rows',
    comfortable: 'Comfortable',
    compact: 'Compact',
  },
  shortcuts: {
    label: 'Shortcuts of a single key',
    description: 'Switch them off if you dictate, or hit keys by accident. Ctrl K stays.',
    show: 'Show all shortcuts',
  },
}
