import type { Method } from '../family/method.ts';
import { componentsSection, compositeSection, unitSection, universeSection } from './measures.ts';
import {
  baseSection,
  chainSection,
  contributionsSection,
  stateSection,
  windowsSection,
} from './over-time.ts';
import {
  disclosureSection,
  gradesSection,
  numericsSection,
  revisionsSection,
  sourcesSection,
} from './release.ts';
import type { MethodSection } from './words.ts';

/** The method in words, made from the parameter file: of its editions the last one holds. */
export const methodSections = (method: Method): readonly MethodSection[] => {
  const edition = method.editions.at(-1);
  if (!edition) throw new Error('a method without an edition');
  return [
    universeSection(method),
    unitSection(edition),
    componentsSection(edition),
    compositeSection(method, edition),
    baseSection(method),
    chainSection(method),
    windowsSection(method),
    stateSection(method, edition),
    contributionsSection(),
    disclosureSection(method),
    gradesSection(method),
    revisionsSection(method),
    numericsSection(method),
    sourcesSection(method),
  ];
};
