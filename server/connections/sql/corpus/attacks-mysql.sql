DELETE
delete from victim
====
UPDATE in brackets
(update victim set name = 'x')
====
REPLACE
replace into victim values (1, 'x', 'x')
====
INSERT … RETURNING
insert into victim values (9, 'x', 'x') returning id
====
TRUNCATE
truncate table victim
====
DROP
drop table victim
====
two statements
select 1; delete from victim
====
two statements, with an empty one between
select 1;;delete from victim
====
a statement behind comments
select 1 /* a */; -- b
delete from victim
====
a comment whose content is run
/*!50000 delete from victim */
====
a comment whose content is run, without a version
select 1 /*! into outfile '{OUT}/my-1' */
====
a comment whose content MariaDB runs
select 1 /*M! into outfile '{OUT}/my-2' */
====
a comment whose content MariaDB runs, with a version
select 1 /*M!100100 , sleep(2) */
====
a comment whose content is run, inside a word
select sl/*!00000 */eep(2)
====
a run comment behind a plain one
select 1 /* a */ /*!50000 , sleep(2) */
====
a comment that opens a second time and is not nested
select 1 /* /* */ , sleep(2) /* */
====
a comment that only looks closed
select 1 /*/ , 2 /*/ , sleep(2)
====
two dashes that are no comment: an ideographic space follows
select 1 --{U+3000}+sleep(2) from (select 1 as `{U+3000}`) t
====
two dashes that are no comment: a space that does not break follows
select 1 --{U+00A0}+sleep(2) from (select 1 as `{U+00A0}`) t
====
two dashes that are no comment: nothing follows
select 1 --1, sleep(2)
====
two dashes that are a comment: a control character follows
select 1 --{U+0001} '
 , sleep(2) -- '
====
a comment of a number sign, ended by the line
select 1 # '
 , sleep(2) # '
====
a comment that a carriage return does not end
select 1 # ' {U+000D} '
 , sleep(2)
====
sleep
select sleep(2)
====
sleep in capitals, with a comment before the bracket
select SLEEP/**/(2)
====
sleep with a line before the bracket
select sleep -- x
 (2)
====
sleep, quoted
select `sleep`(2)
====
sleep, quoted, with a schema
select `sys`.`sleep`(2)
====
sleep in an escape of ODBC
select {fn sleep(2)}
====
sleep in a condition
select 1 from victim where sleep(2)
====
sleep in ORDER BY
select id from victim order by sleep(2)
====
sleep in HAVING
select id from victim group by id having sleep(2) = 0
====
sleep in a CTE
with a as (select sleep(2) as x) select * from a
====
sleep in VALUES
values (sleep(2))
====
sleep in a window
select sum(id) over (order by sleep(2)) from victim
====
sleep in a derived table
select * from (select sleep(2)) t
====
sleep in EXISTS
select exists (select 1 from victim where sleep(2) = 0)
====
sleep glued to a number
select 1e1union select sleep(2)
====
sleep behind a string with an escaped quote
select 'a\'' , sleep(2) , 'b\''
====
sleep behind a string that a backslash does not end
select '\\' , sleep(2) , '\\'
====
sleep behind double quotes
select "a\"" , sleep(2) , "b\""
====
sleep where a quoted name ends, which knows no backslash
select 1 as `a\` , sleep(2) as `b\`
====
sleep behind a string with a character set
select _utf8mb4'\'' , sleep(2) , _binary'\''
====
sleep behind a national string
select N'a''' , sleep(2) , N'b'
====
sleep behind doubled quotes
select '''' , sleep(2) , ''''
====
benchmark
select benchmark(1000000000, sha2('a', 512))
====
benchmark, quoted
select `BENCHMARK`(1000000000, sha2('a', 512))
====
load_file
select load_file('/etc/passwd')
====
load_file, quoted
select `load_file`('/etc/passwd')
====
INTO OUTFILE
select * from victim into outfile '{OUT}/my-3'
====
INTO OUTFILE, before FROM
select 'x' into outfile '{OUT}/my-4' from victim
====
INTO OUTFILE, the words parted
select 'x' into/**/outfile '{OUT}/my-5'
====
INTO OUTFILE, glued to a number
select 1e1into outfile '{OUT}/my-6'
====
INTO OUTFILE, glued to a number with a sign
select 1e+1into outfile '{OUT}/my-7'
====
INTO OUTFILE, glued to a number that ends in a point
select 1.e1into outfile '{OUT}/my-point-1'
====
INTO OUTFILE, glued to a number that ends in a point and a bare exponent
select 1.einto outfile '{OUT}/my-point-2'
====
INTO a variable, glued to a number that ends in a point
select 1.e1into @stolen
====
FOR UPDATE, glued to a number that ends in a point
select 1.e1for update
====
INTO OUTFILE, glued to a fraction
select 1.5into outfile '{OUT}/my-8'
====
INTO OUTFILE behind UNION
select 1 union select 2 into outfile '{OUT}/my-9'
====
INTO OUTFILE inside brackets
(select 1 into outfile '{OUT}/my-10')
====
INTO DUMPFILE
select 'x' into dumpfile '{OUT}/my-11'
====
INTO a variable
select name from victim limit 1 into @stolen
====
a variable assigned
select @stolen := name from victim
====
a variable assigned, quoted
select @`stolen`:=1
====
FOR UPDATE
select * from victim for update
====
FOR UPDATE NOWAIT
select * from victim for update nowait
====
FOR UPDATE SKIP LOCKED, inside
select * from (select * from victim for update skip locked) v
====
FOR SHARE
select * from victim for share
====
LOCK IN SHARE MODE
select * from victim lock /* x */ in share mode
====
FOR UPDATE, glued to a number
select * from victim where id = 1for update
====
get_lock
select get_lock('stolen', 0)
====
get_lock, quoted
select `get_lock`('stolen', 0)
====
release_all_locks
select release_all_locks()
====
is_used_lock
select is_used_lock('stolen')
====
NEXT VALUE FOR
select next value for counter
====
NEXT VALUE FOR with comments
select next/**/value/**/for counter
====
nextval
select nextval(counter)
====
nextval, quoted
select `nextval`(counter)
====
nextval as Oracle writes it
select counter.nextval
====
setval
select setval(counter, 1000)
====
last_insert_id sets
select last_insert_id(42)
====
a function that writes
select sneaky()
====
a function that writes, quoted, with its schema
select `{DB}` . `sneaky` ()
====
a function that says that it reads, and sleeps
select calm(2)
====
a function that calls another one
select outer_calm(2)
====
a function that sets the server
select setter()
====
a function that writes a file
select filer()
====
a function that holds a lock
select holder()
====
a view that sleeps
select * from sleepy
====
a view of a view, with its schema
select * from `{DB}`.sleepier
====
a view in a join
select 1 from victim join sleepy on true
====
a view in a list of tables
select 1 from victim, sleepy
====
a view with a row of its own in brackets
select 1 from (sleepy)
====
a function with the name of one of the server, which a space before the bracket makes another
select `count` (1)
====
PROCEDURE ANALYSE
select * from victim procedure analyse()
====
CTE before UPDATE
with a as (select 1) update victim set name = 'x'
====
CTE with columns before DELETE
with a (x, y) as (select 1, 2), b as (select 3) delete from victim
====
WITH RECURSIVE before INSERT
with recursive a as (select 1) insert into victim select 9, 'x', 'x'
====
SET STATEMENT
set statement max_statement_time = 0 for select sleep(2)
====
a hint that takes the time-out back
select /*+ MAX_EXECUTION_TIME(0) */ id from victim
====
a hint that sets a variable
select /*+ SET_VAR(sql_mode = 'ANSI_QUOTES') */ id from victim
====
CALL
call wipe()
====
DO
do sleep(2)
====
HANDLER
handler victim open
====
LOAD DATA
load data infile '/etc/passwd' into table victim
====
LOAD DATA LOCAL
load data local infile '/etc/passwd' into table victim
====
PREPARE
prepare stolen from 'delete from victim'
====
EXECUTE IMMEDIATE
execute immediate 'delete from victim'
====
CREATE TABLE … SELECT
create table stolen select * from victim
====
CREATE TEMPORARY TABLE
create temporary table stolen (id int)
====
SET GLOBAL
set global max_connections = 77
====
SET sql_mode
set sql_mode = 'ANSI_QUOTES'
====
START TRANSACTION
start transaction read write
====
COMMIT and go on
commit; delete from victim
====
LOCK TABLES
lock tables victim write
====
KILL
kill 1
====
FLUSH
flush tables with read lock
====
SHUTDOWN
shutdown
====
GRANT
grant all on *.* to nobody
====
XA
xa start 'x'
====
BEGIN NOT ATOMIC
begin not atomic delete from victim; end
====
IF as a statement
if 1 then delete from victim; end if
====
EXPLAIN of a statement that writes
explain delete from victim
====
ANALYZE
analyze update victim set name = 'x'
====
USE
use mysql
====
INSTALL SONAME
install soname 'x'
====
a NUL
select 1{U+0000}, sleep(2)
====
a NUL behind a string
select 'a'{U+0000} into outfile '{OUT}/my-12'
====
a placeholder that closes a string
select ':a' , sleep(2) , ':b'
====
a function of a package
select {DB}.pack.f()
====
a function of a package, quoted
select `{DB}`.`pack`.`f` ()
