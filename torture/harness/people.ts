import type pg from 'pg'

/** Fills the source: people with a number each, and the stores they have. */
export async function makePeople(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(`
    create table stores (id int primary key, title text not null);
    insert into stores select n, '가게 ' || n from generate_series(1, 50) n;
    create table people (id int primary key, name text not null, phone text not null, store_id int not null);`)
  await pool.query(
    `insert into people select n, '사장님 ' || n, '0102' || lpad(n::text, 7, '0'), 1 + n % 50 from generate_series(1, $1::int) n`,
    [count],
  )
}
