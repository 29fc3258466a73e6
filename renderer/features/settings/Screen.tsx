/** Everything that can be set, in one page with sections. Each change is written at once. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Appearance } from './Appearance.tsx';
import { CompanySection } from './CompanySection.tsx';
import { CreditSection } from './CreditSection.tsx';
import { DataSection } from './DataSection.tsx';
import { FreightSection } from './FreightSection.tsx';
import { NoticesSection } from './NoticesSection.tsx';
import { NumbersSection } from './NumbersSection.tsx';
import { LimitsSection, PeopleSection } from './PeopleSection.tsx';
import { ReturnsSection } from './ReturnsSection.tsx';
import { SlaSection } from './SlaSection.tsx';
import { ShortcutTable } from './Shortcuts.tsx';
import { TaxSection } from './TaxSection.tsx';

const sections = [
  { id: 'company', title: 'Company', Component: CompanySection },
  { id: 'people', title: 'People', Component: PeopleSection },
  { id: 'limits', title: 'Limits', Component: LimitsSection },
  { id: 'numbers', title: 'Numbers', Component: NumbersSection },
  { id: 'sla', title: 'SLA', Component: SlaSection },
  { id: 'credit', title: 'Credit', Component: CreditSection },
  { id: 'tax', title: 'Tax', Component: TaxSection },
  { id: 'freight', title: 'Freight', Component: FreightSection },
  { id: 'returns', title: 'Return terms', Component: ReturnsSection },
  { id: 'notices', title: 'Notifications', Component: NoticesSection },
  { id: 'appearance', title: 'Appearance', Component: Appearance },
  { id: 'shortcuts', title: 'Shortcuts', Component: ShortcutTable },
  { id: 'data', title: 'Data', Component: DataSection },
] as const;

type SectionId = (typeof sections)[number]['id'];

/** Sections that are a grid take the whole page. */
const grids: readonly SectionId[] = ['people', 'limits', 'sla'];

export const SettingsScreen = (): ReactElement => {
  const [id, setId] = useState<SectionId>('company');
  const current = sections.find((section) => section.id === id) ?? sections[0];
  const { Component } = current;
  return (
    <>
      <div className="viewbar">
        <h1>Settings</h1>
        <nav className="views all" aria-label="Sections">
          {sections.map((section) => (
            <button
              key={section.id}
              type="button"
              className={section.id === id ? 'view on' : 'view'}
              aria-current={section.id === id ? 'true' : undefined}
              data-focus-first={section.id === id || undefined}
              onClick={() => setId(section.id)}
            >
              {section.title}
            </button>
          ))}
        </nav>
      </div>
      <section className={grids.includes(current.id) ? 'fill' : 'settings'} aria-label={current.title}>
        <Component />
      </section>
    </>
  );
};
