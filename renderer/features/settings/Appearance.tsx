/** How this computer shows things. Nothing here leaves it. */
import type { ReactElement } from 'react';
import type { Theme } from '../../state/ui.ts';
import { textSizes, themes, useUi } from '../../state/ui.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Density } from '../../ui/tokens.ts';
import { densities, tokens } from '../../ui/tokens.ts';

const themeNames: Readonly<Record<Theme, string>> = { system: 'As the system has it', light: 'Light', dark: 'Dark' };
const densityNames: Readonly<Record<Density, string>> = { compact: 'Compact', standard: 'Standard', comfortable: 'Comfortable' };

export const Appearance = (): ReactElement => {
  const { theme, density, textSize } = useUi();
  return (
    <div className="two">
      <Field label="Theme">
        {(control) => (
          <Select
            {...control}
            value={theme}
            options={themes.map((value) => ({ value, label: themeNames[value] }))}
            onChange={(value) => useUi.setState({ theme: value ?? theme })}
          />
        )}
      </Field>
      <Field label="Row height">
        {(control) => (
          <Select
            {...control}
            value={density}
            options={densities.map((value) => ({ value, label: `${densityNames[value]}, ${tokens.rowHeights[value]} px` }))}
            onChange={(value) => useUi.setState({ density: value ?? density })}
          />
        )}
      </Field>
      <Field label="Text size" help="On top of the zoom of the window.">
        {(control) => (
          <Select
            {...control}
            value={String(textSize)}
            options={textSizes.map((size) => ({ value: String(size), label: `${size} %` }))}
            onChange={(size) => useUi.setState({ textSize: Number(size ?? textSize) })}
          />
        )}
      </Field>
    </div>
  );
};
