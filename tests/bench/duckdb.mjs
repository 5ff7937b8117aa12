// SPDX-License-Identifier: MIT
// duckdb.mjs CSV DATABASE: DuckDB's own reader into a durable table; run where node_modules has it.
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { DuckDBInstance } = require('@duckdb/node-api');
const [csv, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads: '2' });
const connection = await instance.connect();
await connection.run(`create table intervals as select * from read_csv('${csv}')`);
await connection.run('checkpoint');
connection.closeSync();
instance.closeSync();
