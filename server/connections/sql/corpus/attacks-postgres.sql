DELETE
delete from victim
====
UPDATE … RETURNING
update victim set name = 'x' returning *
====
INSERT behind a comment
/* nothing */ -- nothing
insert into victim values (9, 'x', 'x')
====
MERGE
merge into victim v using (select 9 as id) s on v.id = s.id when not matched then insert values (9, 'x', 'x')
====
TRUNCATE
truncate victim
====
DROP
drop table victim
====
two statements
select 1; delete from victim
====
two statements, the first empty
;;delete from victim;;
====
a second statement behind a comment that is nested
select 1 /* /* */ */; delete from victim
====
a nested comment that only looks closed
select 1 /* /* */ ; delete from victim; /* */ */ ; delete from victim
====
a statement behind a line comment that a carriage return ends
select 1 --{U+000D}; delete from victim
====
CTE with DELETE
with gone as (delete from victim returning id) select * from gone
====
CTE with INSERT, deep inside
select * from (with a as (with b as (insert into victim values (9, 'x', 'x') returning id) select * from b) select * from a) c
====
CTE with UPDATE, not read
with gone as (update victim set name = 'x' returning 1) select 1
====
WITH before DELETE
with a as (select 1) delete from victim
====
MATERIALIZED CTE with MERGE
with a as materialized (merge into victim v using (select 1 as id) s on v.id = s.id when matched then delete returning v.id) select * from a
====
SELECT INTO
select * into stolen from victim
====
SELECT INTO TEMP
select * into temp stolen from victim
====
CREATE TABLE AS
create table stolen as select * from victim
====
CREATE TEMP TABLE
create temp table stolen (id int)
====
FOR UPDATE
select * from victim for update
====
FOR NO KEY UPDATE SKIP LOCKED
select * from victim for no key update skip locked
====
FOR SHARE NOWAIT, inside
select * from (select * from victim for share nowait) v
====
FOR KEY SHARE OF
select v.* from victim v for key share of v
====
pg_sleep
select pg_sleep(2)
====
pg_sleep, quoted
select "pg_sleep"(2)
====
pg_sleep with its schema
select pg_catalog.pg_sleep(2)
====
pg_sleep with its schema, both quoted, with a comment between
select "pg_catalog" . /* x */ "pg_sleep" /* y */ (2)
====
pg_sleep in Unicode escapes
select U&"pg\005fsleep"(2)
====
pg_sleep in Unicode escapes with an escape sign of its own
select U&"pg!005fsleep" UESCAPE '!' (2)
====
pg_sleep_for
select pg_sleep_for('2 seconds')
====
pg_sleep_until, in a condition
select 1 from victim where pg_sleep_until(clock_timestamp() + interval '2 seconds') is not null
====
pg_sleep as a table
select * from pg_sleep(2)
====
pg_sleep in ROWS FROM
select * from rows from (pg_sleep(2), generate_series(1, 2)) as t
====
pg_sleep in LATERAL
select * from victim, lateral (select pg_sleep(2)) s
====
pg_sleep in ORDER BY
select id from victim order by pg_sleep(2)
====
pg_sleep in LIMIT
select id from victim limit (select 1 from pg_sleep(2))
====
pg_sleep in a window
select count(*) over (order by pg_sleep(2)) from victim
====
pg_sleep in a filter
select count(*) filter (where pg_sleep(2) is not null) from victim
====
pg_sleep in VALUES
values (pg_sleep(2))
====
pg_sleep in a CASE
select case when true then pg_sleep(2) end
====
pg_sleep in a JSON constructor
select json_object('a': pg_sleep(2)::text)
====
pg_sleep in an array
select array(select pg_sleep(2))
====
pg_sleep in UNION
select 1::text union all select pg_sleep(2)::text
====
pg_sleep between strings that end with a backslash
select '\'' , pg_sleep(2) -- '
====
pg_sleep behind an escape string
select E'\'' , pg_sleep(2) , E'\''
====
pg_sleep behind a dollar string
select $a$ ' $a$ , pg_sleep(2) , $b$ ' $b$
====
pg_sleep behind a dollar sign in a name
select 1 as a$b$ , pg_sleep(2) as c$b$
====
pg_sleep behind a string that goes on in the next line
select 'a'
'b' , pg_sleep(2)
====
pg_sleep where a national string ends
select n'\' , pg_sleep(2) , n'\'
====
pg_sleep called by a view
select * from sleepy
====
pg_sleep called by a view of a view, by its schema
select * from public.sleepier
====
a view by TABLE
table sleepy
====
a function that writes
select sneaky()
====
a function that writes, by its schema and quoted
select "public"."sneaky"()
====
a function that writes, as a table
select * from sneaky() as t
====
a function that writes, of one row, as if it were a column
select v.sneaky_row from victim v
====
the same, of a bracket
select (v).sneaky_row from victim v
====
a function that says it is stable and sleeps
select calm(2)
====
a function in SQL that calls another one
select outer_calm(2)
====
a function with a body that is no text
select atomic_calm()
====
a function that puts its statement together
select spoken('select pg_sleep(2)')
====
a function that puts its statement together, in brackets
select spoken_in_brackets('select pg_advisory_lock(1)')
====
an operator
select 1 ### 2
====
an operator by its schema
select 1 operator(public.###) 2
====
a cast
select '(1)'::odd::int
====
a domain with a condition
select 1::careful
====
a domain, called
select careful(1)
====
an aggregate
select slow_sum(id) from victim
====
nextval
select nextval('counter')
====
nextval, inside a string function
select length(pg_catalog.nextval('counter'::regclass)::text)
====
setval
select setval('counter', 1000)
====
setval by a set
select setval('counter', id + 1000) from victim
====
set_config
select set_config('statement_timeout', '0', false)
====
set_config over a CTE
with a as materialized (select set_config('transaction_read_only', 'off', true)) select * from a
====
setseed
select setseed(0.5)
====
advisory lock
select pg_advisory_lock(42)
====
advisory lock, tried
select pg_try_advisory_lock(42)
====
advisory lock of a transaction, shared
select pg_advisory_xact_lock_shared(42)
====
advisory locks given back
select pg_advisory_unlock_all()
====
large object made
select lo_create(0)
====
large object made of bytes
select lo_from_bytea(0, '\x00')
====
large object written to a file
select lo_export(lo_from_bytea(0, 'x'), '{OUT}/pg-lo')
====
large object read from a file
select lo_import('/etc/passwd')
====
a file read
select pg_read_file('/etc/passwd')
====
a file read as bytes
select pg_read_binary_file('/etc/passwd')
====
a folder listed
select pg_ls_dir('/')
====
a folder listed by another name
select * from pg_ls_logdir()
====
a file looked at
select * from pg_stat_file('/etc/passwd')
====
COPY to a file
copy victim to '{OUT}/pg-copy'
====
COPY to a program
copy (select 1) to program 'touch {OUT}/pg-program'
====
COPY from
copy victim from stdin
====
dblink
select * from dblink('dbname=postgres', 'select 1') as t(a int)
====
dblink_exec
select dblink_exec('dbname=postgres', 'drop table victim')
====
query_to_xml
select query_to_xml('select pg_sleep(2)', true, false, '')
====
query_to_xml_and_xmlschema
select query_to_xml_and_xmlschema('delete from victim', true, false, '')
====
cursor_to_xml
select cursor_to_xml('c', 1, true, false, '')
====
table_to_xml of a view
select table_to_xml('sleepy', true, false, '')
====
database_to_xml
select database_to_xml(true, false, '')
====
ts_stat runs a text
select * from ts_stat('select to_tsvector(pg_sleep(2)::text)')
====
ts_rewrite runs a text
select ts_rewrite('a'::tsquery, 'select pg_sleep(2)::text::tsquery, ''a''::tsquery')
====
pg_notify
select pg_notify('stolen', name) from victim
====
NOTIFY
notify stolen, 'x'
====
LISTEN
listen stolen
====
txid_current
select txid_current()
====
pg_current_xact_id
select pg_current_xact_id()
====
another session ended
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
====
another query ended
select pg_cancel_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()
====
settings read anew
select pg_reload_conf()
====
log turned over
select pg_rotate_logfile()
====
replication slot
select pg_create_physical_replication_slot('stolen')
====
restore point
select pg_create_restore_point('stolen')
====
write-ahead log switched
select pg_switch_wal()
====
message into the write-ahead log
select pg_logical_emit_message(false, 'a', 'b')
====
snapshot given out
select pg_export_snapshot()
====
statistics reset
select pg_stat_reset()
====
statistics of a table cleared
select pg_clear_relation_stats('public', 'victim')
====
memory written to the log
select pg_log_backend_memory_contexts(pg_backend_pid())
====
index tidied
select gin_clean_pending_list('victim_pkey')
====
oids drawn
select pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')
====
DO
do $$ begin delete from victim; end $$
====
CALL
call wipe()
====
PREPARE
prepare stolen as delete from victim
====
EXECUTE
execute stolen
====
DECLARE CURSOR WITH HOLD
declare c cursor with hold for select pg_sleep(2)
====
EXPLAIN ANALYZE
explain analyze delete from victim
====
SET
set statement_timeout = 0
====
SET ROLE
set role postgres
====
RESET ALL
reset all
====
BEGIN
begin read write
====
COMMIT and go on
commit; delete from victim
====
ROLLBACK, glued
rollback;begin;delete from victim;commit
====
LOCK TABLE
lock table victim
====
VACUUM
vacuum victim
====
GRANT
grant all on victim to public
====
CREATE FUNCTION
create function f() returns int language sql as 'select 1'
====
CREATE ROLE
create role stolen superuser
====
ALTER SYSTEM
alter system set work_mem = '1MB'
====
LOAD
load '{OUT}/x'
====
REFRESH
refresh materialized view kept
====
a NUL
select 1{U+0000}; delete from victim
====
a NUL within a string
select '{U+0000}', pg_sleep(2)
====
a placeholder that closes a string
select ':a' , pg_sleep(2) , ':b'
====
a second statement behind a string that a database may read in another way
select '\'' ; delete from victim; -- '
====
a domain, as an array
select '{1}'::careful[]
====
a domain within a type that JSON fills
select jsonb_populate_record(null::holder, '{"a": 1, "b": 1}')
====
a domain among the columns of a function's rows
select * from jsonb_to_record('{"x": 1}') as t(x careful)
====
a domain that JSON returns
select json_value('{"x": 1}', '$.x' returning careful)
====
a domain among the columns of JSON_TABLE
select * from json_table('{"x": 1}', '$' columns (x careful path '$.x')) t
====
a domain among the columns of XMLTABLE
select * from xmltable('/a' passing xml '<a>1</a>' columns x careful path '.')
====
a function whose default calls another one
select lazy()
