import type { Customer, Facts } from '../telegram/facts.ts';

export interface Person {
  id: number;
  name: string;
  language: string;
}

/** Who a tester can be without adding anybody: two customers, and the staff of the demo businesses. */
const DEMO: Person[] = [
  { id: 920001, name: 'Siti', language: 'id' },
  { id: 920002, name: 'Emma', language: 'en' },
  { id: 910001, name: 'Pemilik Jiot', language: 'id' },
  { id: 900001, name: 'Admin Rafess', language: 'id' },
  { id: 900002, name: 'Pemilik base', language: 'id' },
];
const MOST_SHOWN = 30;

/** The people of a bot's chats and those of the demo, each by the name and language kept of them. */
export function listPeople(facts: Facts, slug: string, asked: number[]): Person[] {
  const talking = [...facts.chatsOf(slug).values()].slice(-MOST_SHOWN);
  const ids = new Set([...DEMO.map(({ id }) => id), ...talking, ...asked]);
  return [...ids].filter((id) => id > 0).map((id) => personOf(facts, id));
}

function personOf(facts: Facts, id: number): Person {
  const known: Customer | undefined = facts.customers.get(String(id));
  const demo = DEMO.find((each) => each.id === id);
  if (!known) return demo ?? { id, name: `Customer ${id}`, language: 'id' };
  const isUnnamed = known.name === `Customer ${id}`;
  return { id, name: (isUnnamed && demo?.name) || known.name, language: known.language };
}
