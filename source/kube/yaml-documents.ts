import type {ParsedDocument} from '../core/net/policy/what-if.ts';

/** The documents of a YAML (or JSON) text as plain values; a document that cannot be read tells its line. Aliases are limited, so that no small file becomes a huge one. */
export async function parseYamlDocuments(text: string): Promise<readonly ParsedDocument[]> {
	const {parseAllDocuments} = await import('./yaml-library.ts');
	const parsed = parseAllDocuments(text, {logLevel: 'silent', prettyErrors: true});
	const documents = Array.isArray(parsed) ? parsed : [];
	return documents.map(document => {
		const [error] = document.errors;
		if (error) return {ok: false, line: error.linePos?.[0].line ?? 1, problem: error.message.split(/ at line|\n/)[0] ?? 'it cannot be read'};
		try {
			return {ok: true, value: document.toJS({maxAliasCount: 100})};
		} catch (failure) {
			return {ok: false, line: 1, problem: failure instanceof Error ? failure.message : String(failure)};
		}
	});
}
