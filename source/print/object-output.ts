import {itemKey, type KubeObject} from '../core/kubernetes.ts';
import {type ExitCode, type Failure, type PrintJob, reportFailures} from './print-job.ts';
import {listJson, listYaml, objectJson, objectYaml, shownObject} from './print-objects.ts';
import {readFailure, readGroups} from './read-groups.ts';
import {typedMode, typedTables} from './typed-table.ts';
import {namespaceOf, type Wanted} from './wanted.ts';

type Read = Readonly<{objects: readonly KubeObject[]}> | Readonly<{failures: readonly Failure[]}>;

/** `-o json` and `-o yaml`: the object itself where one was named, else a `v1` List of all that were found. */
export async function printObjects(job: PrintJob, wanted: readonly Wanted[], signal: AbortSignal): Promise<ExitCode> {
	const {format, reveal} = job.invocation;
	const objects: KubeObject[] = [];
	const failures: Failure[] = [];
	for (const one of wanted) {
		const read = await readObjects(job, one, signal);
		if ('failures' in read) failures.push(...read.failures);
		else for (const object of read.objects) objects.push(shownObject(object, one.type, reveal));
	}
	const isSingle = wanted.length === 1 && wanted[0]?.name !== undefined;
	const [first] = objects;
	if (isSingle && first !== undefined) job.write(format === 'json' ? objectJson(first) : objectYaml(first));
	// Like kubectl: several that were asked for are a List of those that exist; a single failure prints nothing.
	else if (wanted.length > 1 || failures.length === 0) for (const piece of format === 'json' ? listJson(objects) : listYaml(objects)) job.write(piece);
	return reportFailures(job, failures);
}

async function readObjects(job: PrintJob, wanted: Wanted, signal: AbortSignal): Promise<Read> {
	const {selection} = job.invocation;
	const {type, name} = wanted;
	const namespace = namespaceOf(type, selection, job.client.context.namespace);
	try {
		if (name !== undefined) return {objects: [await job.client.get(type, namespace, name, {managedFields: false}, signal)]};
		const options = {
			...(namespace === undefined ? {} : {namespace}),
			...(selection.labelSelector === undefined ? {} : {labelSelector: selection.labelSelector}),
			...(selection.fieldSelector === undefined ? {} : {fieldSelector: selection.fieldSelector}),
		};
		const objects = await job.client.list(type, options, signal);
		return selection.filter === undefined && selection.sort === undefined ? {objects} : await choose(job, wanted, objects, signal);
	} catch (error) {
		return {failures: [readFailure(error, wanted, namespace)]};
	}
}

/** Filter and order are those of the screen's rows, so the rows are read as well; an object that is gone by then is left out. */
async function choose(job: PrintJob, wanted: Wanted, objects: readonly KubeObject[], signal: AbortSignal): Promise<Read> {
	const {tables, failures} = await typedTables(job, await readGroups(job, [wanted], typedMode(job), signal), signal);
	if (failures.length > 0) return {failures};
	const byKey = new Map(objects.map(object => [itemKey({ref: {...object, name: object.metadata.name}, meta: object.metadata}), object]));
	return {objects: tables.flatMap(table => table.rows.flatMap(row => byKey.get(row.id) ?? []))};
}
