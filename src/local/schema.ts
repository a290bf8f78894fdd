import pg from 'pg';

/**
 * The schema of a database as SQL-like text in a stable order: what `src/db/schema.sql` keeps, so that
 * a reader sees the tables without playing the migrations in mind, and CI sees when it is stale.
 *
 * From Postgres' catalogs, since the embedded Postgres brings no `pg_dump`.
 */
export async function describeSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const parts: string[] = [HEADER];
    for (const sql of [TABLES, INDEXES, FUNCTIONS, TRIGGERS]) {
      const { rows } = await client.query<{ text: string }>(sql);
      parts.push(rows.map((row) => row.text).join('\n\n'));
    }
    return `${parts.filter(Boolean).join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

const HEADER =
  '-- Made from the migrations by `npm run check -- --write-schema`. Not edited by hand.';

const OWN = `n.nspname = 'public' and c.relname <> 'migrations'`;

const TABLES = `
  select 'create table ' || c.relname || E' (\\n' || string_agg('  ' || line, E',\\n' order by place, line)
    || E'\\n);' as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    select 0 as place, lpad(a.attnum::text, 3, '0') as sorting,
      a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || case a.attidentity when 'a' then ' generated always as identity' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 1, '', 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where conrelid = c.oid and contype <> 'n'
  ) lines
  where c.relkind = 'r' and ${OWN}
  group by c.relname order by c.relname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as text
  from pg_index i join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OWN} and not exists (select from pg_constraint where conindid = i.indexrelid)
  order by x.relname`;

const FUNCTIONS = `
  select rtrim(pg_get_functiondef(p.oid)) || ';' as text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'public' order by p.proname`;

const TRIGGERS = `
  select pg_get_triggerdef(t.oid) || ';' as text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and ${OWN} order by t.tgname`;
