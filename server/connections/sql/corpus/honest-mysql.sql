window functions
select name, row_number() over (partition by plan order by joined desc), lag(name) over w, sum(id) over (order by id rows between 1 preceding and current row) from companies window w as (order by id)
====
rank
select name, dense_rank() over (order by score desc), ntile(4) over (order by id), first_value(name) over (partition by plan order by id) from companies
====
recursive CTE
with recursive n (i) as (select 1 union all select i + 1 from n where i < 10) select i from n
====
several CTEs
with a as (select * from companies), b (c, r) as (select company_id, rating from reviews) select a.name, b.r from a join b on b.c = a.id
====
a CTE before a bracket
with a as (select 1 as x) (select x from a) union (select 2)
====
JSON
select json_extract(data, '$.city'), json_unquote(json_extract(data, '$.tags[0]')), json_contains(data, '"Seoul"', '$.city'), json_value(data, '$.city'), json_length(data, '$.tags') from companies
====
JSON made
select json_object('이름', name), json_arrayagg(name), json_objectagg(id, name) from companies group by id, name
====
JSON_TABLE
select t.tag from companies, json_table(data, '$.tags[*]' columns (tag varchar(20) path '$')) t
====
Korean names, bare
select 이름, 별점 as 점수 from 손님 where 별점 >= 3 order by 이름
====
Korean names, quoted
select `이름` as `손님 이름`, `가입한 날` as '가입일' from `손님`
====
Korean CTE and aliases
with 최근손님 as (select 이름 as 손님이름 from 손님) select 최근손님.손님이름 from 최근손님
====
every kind of join
select c.name from companies c join reviews r on r.company_id = c.id left join 손님 s on s.번호 = c.id right outer join companies d on d.id = c.id inner join companies e on e.id = c.id straight_join words w
====
cross and natural joins
select 1 as one from companies cross join reviews cross join (select 1 as a) x natural join (select 1 as a) y
====
subqueries
select name, (select count(*) from reviews r where r.company_id = c.id) as n from companies c where exists (select 1 from reviews r where r.company_id = c.id) and id in (select company_id from reviews) and id <> all (select 0)
====
ROLLUP
select plan, count(*), sum(score) from companies group by plan with rollup having count(*) > 0
====
aggregates
select group_concat(distinct name order by name separator ', '), count(distinct plan), avg(score), std(score), bit_or(id) from companies
====
strings that contain dangerous words
select 'delete; drop table victim' as a, "sleep(10)" as b, 'into outfile' as c, 'it''s for update' as d, 'a\'b; insert into x' as e, '@a := 1' as f
====
strings that contain what a comment has
select '-- no comment' as a, '/*! none */' as b, '/*M! none */' as c, '# none' as d, "/*!50000 sleep(1) */" as e
====
a quoted name that contains what a comment has
select 1 as `/*! a */`, 2 as `-- b`, 3 as `sleep(1)`
====
columns that are called as dangerous things are
select `sleep`, `into`, `delete`, `update`, nextval, benchmark from words
====
tables and aliases that are called as dangerous things are
select `update`.id as `delete`, `procedure`.id as `outfile` from words `update` join words `procedure` on true
====
comments
-- all companies; delete from nothing
select /* sleep(1) */ name # for update
from companies -- into outfile
====
functions with similar names
select replace(name, 'a', 'b'), insert(name, 1, 1, 'x'), truncate(1.234, 1), left(name, 1), lower(name), values_of(1) from companies
====
a function of one's own that reads
select tier(id) from companies
====
a function of one's own with words in its strings
select clean_phone('010-1234-5678')
====
a view
select * from summary
====
intervals and dates
select now() - interval 7 day, date_sub(curdate(), interval 1 month), date_format(joined, '%Y-%m'), dayofweek(joined), timestampdiff(day, joined, now()), joined + interval '1' month, last_day(joined), convert_tz(joined, '+00:00', '+09:00'), unix_timestamp() from companies
====
casts
select cast('1' as signed), convert('2', decimal(10, 2)), date '2026-01-01', binary 'a', cast(name as char(10)), convert(name using utf8mb4), 0x41, x'41', b'1', 1e3, .5, 1.5e-3 from companies
====
regular expressions and patterns
select name regexp '^[가-힣]+$', name rlike 'x', regexp_replace(name, '(.)', '\\1'), regexp_substr(name, '.'), name like '%a\_b%', name not like 'a!_%' escape '!' from companies
====
VALUES
values (1, 'a'), (2, 'b')
====
set operations
select id from companies union select id from words union all select 1 order by 1 limit 3 offset 0
====
INTERSECT and EXCEPT
select id from companies intersect select company_id from reviews except select 9
====
in brackets
((select 1) union all (select 2))
====
CASE, IF, COALESCE, <=>
select case plan when 'pro' then 1 else 0 end, if(score is null, 'none', 'some'), ifnull(score, 0), coalesce(score, 0), nullif(plan, ''), greatest(1, 2), score <=> null, id between 1 and 5, id div 2, id mod 2 from companies
====
a variable read
select @@version, @@session.time_zone, @nothing
====
full text
select name from texts where match (body) against ('배송빠름' in boolean mode)
====
hints for indexes
select name from companies force index (primary) where id = 1
====
a hint in a comment
select /*+ NO_MERGE(c) */ name from companies c
====
SQL_CALC_FOUND_ROWS and DISTINCT
select distinct sql_no_cache plan from companies
====
random rows and ids
select name, rand(), uuid(), md5(name), sha2(name, 256), hex(name) from companies order by rand() limit 2
====
parameters
select name from companies where id = :id and name <> :이름 and plan in ('pro', :plan) and '12:30' <> ':id'
====
two dashes that subtract
select 5--3 as eight, 5 - -3 as eight_too
====
the catalog
select table_name, column_name from information_schema.columns where table_schema = database() limit 5
====
system-versioned tables
select id from versioned for system_time all
====
the last value of a sequence
select previous value for counter, lastval(counter)
====
names that begin with digits
select 1st, 2nd.id from words 2nd
====
session facts
select version(), current_user(), database(), connection_id(), found_rows()
====
a long list
select id from companies where id in ({1..2000})
====
many brackets
select ((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))
====
a semicolon at the end
select 1;
====
a semicolon and a comment at the end
select 1; -- done
