// The sample shop for a MySQL or MariaDB of your own: node server/cli/sample-sql.ts mysql > shop.sql
import { calendarOf } from '#server/sample/calendar.ts'
import { makeSample } from '#server/sample/rows.ts'
import { sampleSqlForMysql } from '#server/sample/write-mysql.ts'

if (process.argv[2] !== 'mysql') {
  process.stderr.write(
    'Usage: node server/cli/sample-sql.ts mysql > shop.sql\nMakes 5,000 customers, 500 companies and 100,000 reviews; last week is the week before today.\n',
  )
  process.exitCode = 1
} else {
  process.stdout.on('error', () => process.exit()) // the reader closed the pipe
  for (const statement of sampleSqlForMysql(makeSample(calendarOf(new Date())))) process.stdout.write(`${statement};\n`)
}
