import { describe, expect, it } from 'vitest';
import { type Capability, createVault, hashToken } from '../../src/db/vault.ts';

const SECRET = 'a secret that is long enough for a test';
const vault = createVault(SECRET);
const NIK = '3303011708900001';

describe('what is sealed', () => {
  it('is read back, also by another process with the same secret', () => {
    const sealed = vault.seal(NIK);
    expect(vault.unseal(sealed)).toBe(NIK);
    expect(createVault(SECRET).unseal(sealed)).toBe(NIK);
    expect(vault.unseal(vault.seal('Ibu 🌋 العربية'))).toBe('Ibu 🌋 العربية');
    expect(vault.unseal(vault.seal(''))).toBe('');
  });

  it('differs each time and shows nothing of it', () => {
    const [one, two] = [vault.seal(NIK), vault.seal(NIK)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes(NIK)).toBe(false);
  });

  // Guards the authentication tag: every byte is covered.
  it('is refused when any byte of it was changed, cut or added', () => {
    const sealed = vault.seal(NIK);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => vault.unseal(changed), `byte ${at}`).toThrow();
    }
    expect(() => vault.unseal(sealed.subarray(0, -1))).toThrow();
    expect(() => vault.unseal(Buffer.concat([sealed, Buffer.from([0])]))).toThrow();
    expect(() => vault.unseal(Buffer.alloc(0))).toThrow();
  });

  it('is not read under another secret', () => {
    const other = createVault(`${SECRET}.`);
    expect(() => other.unseal(vault.seal(NIK))).toThrow();
  });
});

describe('a token', () => {
  const ref = { business: 'slamet', code: 'K7Q2M9XA' };

  it('is the same whenever it is made for the same door', () => {
    expect(vault.tokenOf('booking', ref)).toBe(createVault(SECRET).tokenOf('booking', { ...ref }));
  });

  it('has 192 bits that go into an address', () => {
    expect(vault.tokenOf('booking', ref)).toMatch(/^[\w-]{32}$/);
  });

  it('differs for each door, business, code and secret', () => {
    const doors: Capability[] = ['booking', 'pay', 'waiting'];
    const tokens = [
      ...doors.map((door) => vault.tokenOf(door, ref)),
      vault.tokenOf('booking', { ...ref, business: 'jiot' }),
      vault.tokenOf('booking', { ...ref, code: 'K7Q2M9XB' }),
      createVault(`${SECRET}.`).tokenOf('booking', ref),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(new Set(tokens.map((token) => hashToken(token).toString('hex'))).size).toBe(6);
  });
});

describe('the hash of an identity', () => {
  const hash = (business: string, identity: string, from = vault) =>
    from.identityHash(business, identity).toString('hex');

  it('finds the same person in a business again, and nowhere else', () => {
    expect(hash('slamet', `nik:${NIK}`)).toBe(hash('slamet', `nik:${NIK}`));
    const others = [
      hash('jiot', `nik:${NIK}`),
      hash('slamet', `passport:${NIK}`),
      hash('slamet', `nik:${NIK}`, createVault(`${SECRET}.`)),
    ];
    expect(others).not.toContain(hash('slamet', `nik:${NIK}`));
  });

  it('cannot be made to agree by moving letters between business and identity', () => {
    expect(hash('slamet', 'x:1')).not.toBe(hash('slametx', ':1'));
  });
});

describe('a secret', () => {
  it('has 32 characters at least', () => {
    expect(() => createVault('x'.repeat(31))).toThrow('32');
    createVault('x'.repeat(32));
  });

  it('gives each use a key of its own', () => {
    expect(vault.formKey.equals(vault.ticketSeed)).toBe(false);
    expect(vault.formKey.equals(createVault(`${SECRET}.`).formKey)).toBe(false);
  });
});
