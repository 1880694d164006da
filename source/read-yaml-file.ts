import {readFile} from 'node:fs/promises';
import type {ParsedDocument} from './core/net/policy/what-if.ts';
import {ProblemError} from './core/problem.ts';
import {parseYamlDocuments} from './kube/yaml-documents.ts';

/** The documents of a YAML file of the user's own; rejects with a ProblemError where it cannot be read. */
export async function readYamlFile(path: string): Promise<readonly ParsedDocument[]> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw new ProblemError({code: 'config', what: `Could not read ${path}`, cause: error instanceof Error ? error.message : String(error)});
	});
	return await parseYamlDocuments(text);
}
