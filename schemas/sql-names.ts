type Dialect = 'postgres' | 'mysql' | 'mariadb'

/** Words that PostgreSQL, MySQL or MariaDB would not take for a name. One too many only costs two quotes. */
const RESERVED = new Set(
  `accessible add all alter analyse analyze and any array as asc asensitive asymmetric at authorization before between bigint binary blob
  body both by call cascade case cast change char character check collate collation column concurrently condition constraint continue
  convert create cross cube cume_dist current current_catalog current_date current_role current_schema current_time current_timestamp
  current_user cursor database databases date day day_hour day_microsecond day_minute day_second dec decimal declare default deferrable
  delayed delete dense_rank desc describe deterministic distinct distinctrow div do do_domain_ids double drop dual each else elseif
  elsif empty enclosed end escaped except exists exit explain false fetch first_value float float4 float8 for force foreign freeze from
  full fulltext function generated get goto grant group grouping groups having high_priority history hour hour_microsecond hour_minute
  hour_second if ignore ignore_domain_ids ilike in index infile initially inner inout insensitive insert int int1 int2 int3 int4 int8
  integer intersect interval into io_after_gtids io_before_gtids is isnull iterate join json_table key keys kill lag last_value lateral
  lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority
  master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint minute minute_microsecond
  minute_second mod modifies month natural no_write_to_binlog not notnull nth_value ntile null numeric of off offset on only optimize
  optimizer_costs option optionally or order others out outer outfile over overlaps package page_checksum parse_vcol_expr partition
  percent_rank period placing position precision primary procedure purge raise range rank read read_write reads real recursive
  ref_system_id references regexp release rename repeat replace require resignal restrict return returning revoke right rlike row
  row_number rowcount rows rowtype schema schemas second second_microsecond select sensitive separator session_user set show similar
  slow smallint some spatial specific sql sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning ssl
  starting stats_auto_recalc stats_persistent stats_sample_pages stored straight_join symmetric system system_user table tablesample
  terminated text then time timestamp tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned until update
  usage use user using utc_date utc_time utc_timestamp value values varbinary varchar varcharacter variadic varying verbose virtual when
  where while window with within write xor year year_month zerofill`.split(/\s+/),
)

/** A name as a statement of the dialect writes it: quoted, also where a plain word would do. */
export function quoteName(name: string, dialect: Dialect): string {
  const quote = dialect === 'postgres' ? '"' : '`'
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
}

/** A name as a statement that people read writes it: quoted where it is not a plain word. */
export function writtenName(name: string, dialect: Dialect): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : quoteName(name, dialect)
}

/** A table of the catalog in such a statement. The schema that is looked at first need not be said. */
export function writtenTable(table: { id: string; schema: string | null; name: string }, dialect: Dialect): string {
  const name = writtenName(table.name, dialect)
  return table.schema === null || table.id === table.name ? name : `${writtenName(table.schema, dialect)}.${name}`
}
