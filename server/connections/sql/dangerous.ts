// Functions that wait, read or write files, reach other servers, hold locks, count sequences up, change a session or the server, or run a
// text as SQL. A read-only transaction stops writes to tables; it does not stop these.

const POSTGRES = new RegExp(
  `^(${[
    'pg_sleep.*|pg_read_.*|pg_ls_.*|pg_stat_file|pg_write_.*|pg_file_.*|pg_logdir_ls|lo_.*|loread|lowrite|dblink.*',
    'pg_(try_)?advisory_.*|nextval|setval|setseed|set_config|pg_notify|txid_current|pg_current_xact_id|pg_export_snapshot',
    'pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_create_.*|pg_drop_.*|pg_promote',
    'pg_logical_.*|pg_replication_.*|pg_wal_replay_.*|pg_backup_.*|pg_start_backup|pg_stop_backup|pg_log_.*|pg_import_.*',
    'pg_stat_reset.*|pg_clear_.*|pg_restore_.*|pg_copy_.*|pg_sync_.*|pg_nextoid|binary_upgrade_.*|brin_.*summarize.*|gin_clean_pending_list',
    'query_to_xml.*|cursor_to_xml.*|table_to_xml.*|schema_to_xml.*|database_to_xml.*|xpath_table|ts_stat|crosstab.*|connectby',
  ].join('|')})$`,
)

const MYSQL = new RegExp(
  `^(${[
    'sleep|benchmark|load_file|get_lock|release_lock|release_all_locks|is_free_lock|is_used_lock|nextval|setval|last_insert_id',
    'master_pos_wait|source_pos_wait|master_gtid_wait|wait_for_executed_gtid_set|wait_until_sql_thread_after_gtids|wsrep_.*',
    'sys_exec|sys_eval|sys_set|sys_get|group_replication_.*|asynchronous_connection_failover_.*|keyring_.*|audit_.*|version_tokens_.*',
    'service_.*_locks?|(set_|read_)?firewall_.*|innodb_redo_log_archive_.*|mysqlx?_.*|gen_blacklist|gen_dictionary.*|ps_setup_.*',
  ].join('|')})$`,
)

/** @param name without its schema, in any case */
export const dangerousPostgres = (name: string): boolean => POSTGRES.test(name.toLowerCase())
/** @param name without its schema, in any case */
export const dangerousMysql = (name: string): boolean => MYSQL.test(name.toLowerCase())
