// One part of the bench in a process of its own, started by run-part.ts with fork: node part-process.ts NAME OPTIONS (JSON); sends its result.
import process from 'node:process';
import type {PartOptions} from './part.ts';
import {parts} from './parts.ts';

process.on('disconnect', () => process.exit(0));
const part = await parts.find(({name}) => name === process.argv[2])?.load();
if (part === undefined) throw new Error(`There is no part ${process.argv[2]}`);
// run-part.ts writes just this.
const result = await part(JSON.parse(process.argv[3] ?? '') as PartOptions);
process.send?.(result, () => process.exit(0));
