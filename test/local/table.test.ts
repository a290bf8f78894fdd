import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { DEMO_CHATS } from '../../src/local/demo.ts';
import { tableOf } from '../../src/local/table.ts';

test('the table of a start names the demo chats, and the address that its base is paid with', () => {
  const local = {
    ...{ databaseUrl: 'postgres://pesan:hidden@127.0.0.1:54320/pesan', temporalAddress: '' },
    signIns: [],
    stop: async () => undefined,
  };
  const table = tableOf(readConfig(), local);
  for (const { chatId } of DEMO_CHATS) expect(table).toContain(`  ${chatId}  `);
  expect(table).toContain('@demo_base, whose e-mail for /bayar is owner@demo-base.example');
  expect(table).not.toContain('hidden');
});
