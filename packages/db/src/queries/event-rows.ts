import type { events, sections } from '../schema.js';

export type EventRow = typeof events.$inferSelect;
export type SectionRow = typeof sections.$inferSelect;
export type EventWithSections = EventRow & { sections: SectionRow[] };
