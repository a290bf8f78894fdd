import { describe, expect, it } from 'vitest';
import { findBase } from '../../../src/db/plan/bases.ts';
import { many } from '../../../src/db/pool.ts';
import { useStack } from '../../ground/stack.ts';
import { labelsOf, textOf } from '../talk.ts';
import { ADMIN, registerBase, talkTo, toldIn } from './ground.ts';

const stack = useStack({ polls: true });

const formOf = (base: string, owner: number, email: string) =>
  `/daftar Nama: ${base.slice(1)}\nChannel: ${base}\nPemilik: ${owner}\nEmail: ${email}`;

const ownerOf = async (base: string) => (await findBase(stack.pool, 'rafess', base))?.ownerChat;

describe('/daftar', () => {
  it('tells the owner of a base that it is registered', async () => {
    await talkTo(stack, 730_001).say('/start');
    await registerBase(stack, 'fresh_base', 730_001);
    const owner = talkTo(stack, 730_001);
    expect(await toldIn(owner, '(@fresh_base) terdaftar atas chat ini')).toBe(1);
  });

  it('asks before it changes a base that is registered, and changes nothing by "Batal"', async () => {
    const base = await registerBase(stack, 'asked_base', 730_002);
    const admin = talkTo(stack, ADMIN);
    const asked = await admin.say(formOf(base, 730_003, 'thief@example.com'));
    expect(textOf(asked)).toMatch(
      /@asked_base sudah terdaftar dan sedang tidak aktif.*Pemilik: 730002 → 730003.*asked_base@example\.com → thief@example\.com/s,
    );
    expect(textOf(asked)).not.toContain('Nama:');
    expect(labelsOf(asked.messages.at(-1))).toEqual(['Ubah', 'Batal']);
    expect(await ownerOf(base)).toBe(730_002);
    expect(textOf(await admin.press('Batal'))).toContain('tetap seperti semula');
    expect(await ownerOf(base)).toBe(730_002);
  });

  it('changes it by "Ubah", once, and tells both owners in their own languages', async () => {
    const [earlier, later] = [talkTo(stack, 730_004), talkTo(stack, 730_005, 'en')];
    await earlier.say('/start');
    await later.say('/start');
    const base = await registerBase(stack, 'sold_base', 730_004);
    const admin = talkTo(stack, ADMIN);
    const asked = await admin.say(formOf(base, 730_005, 'new@example.com'));
    expect(textOf(await admin.press('Ubah'))).toContain('Diubah: sold_base');
    expect(await ownerOf(base)).toBe(730_005);
    expect(await toldIn(later, '(@sold_base) is registered for this chat')).toBe(1);
    expect(await toldIn(earlier, 'kini terdaftar atas pemilik lain')).toBe(1);
    const gone = (await earlier.messages()).at(-1)?.text;
    expect(gone).not.toMatch(/730005|new@example/);
    // The same press once more: the message has no button any more, but an update may be repeated.
    await admin.press('Ubah', asked.messages.at(-1)!.id).catch(() => undefined);
    const said = `select 1 from audit where subject = '@sold_base' and action = 'base.register'`;
    expect(await many(stack.pool, said)).toHaveLength(2);
  });

  it('asks anew when the base was changed while the question stood', async () => {
    const base = await registerBase(stack, 'raced_base', 730_006);
    const admin = talkTo(stack, ADMIN);
    await admin.say(formOf(base, 730_007, 'raced_base@example.com'));
    await stack.pool.query(`update bases set owner_chat = 900002 where base = '@raced_base'`);
    expect(textOf(await admin.press('Ubah'))).toContain('Pemilik: 900002 → 730007');
    expect(await ownerOf(base)).toBe(900_002);
  });

  it('says so when nothing would change', async () => {
    const base = await registerBase(stack, 'same_base', 730_008);
    const again = await talkTo(stack, ADMIN).say(formOf(base, 730_008, 'same_base@example.com'));
    expect(textOf(again)).toContain('tidak ada yang diubah');
    expect(labelsOf(again.messages.at(-1))).toEqual([]);
  });
});
