import meow from 'meow';
import type {ParsedFlags} from './core/flags.ts';

/** The flags and words of a command line that core/spell-out.ts has brought into its long form. */
export function parseFlags(argv: readonly string[]): ParsedFlags {
	const {input, flags} = meow({
		argv: [...argv],
		importMeta: import.meta,
		// Help and version are ours; meow would look for a package.json, which a single executable has not.
		pkg: {},
		autoHelp: false,
		autoVersion: false,
		flags: {
			namespace: {type: 'string'},
			allNamespaces: {type: 'boolean', default: false},
			selector: {type: 'string'},
			fieldSelector: {type: 'string'},
			filter: {type: 'string'},
			sort: {type: 'string'},
			context: {type: 'string'},
			kubeconfig: {type: 'string'},
			as: {type: 'string'},
			asGroup: {type: 'string', isMultiple: true},
			asUid: {type: 'string'},
			output: {type: 'string'},
			watch: {type: 'boolean', default: false},
			reveal: {type: 'boolean', default: false},
			headers: {type: 'boolean', default: true},
			write: {type: 'boolean', default: false},
			readOnly: {type: 'boolean', default: false},
			demo: {type: 'string'},
			orDemo: {type: 'boolean', default: false},
			theme: {type: 'string'},
			ascii: {type: 'boolean', default: false},
			motion: {type: 'boolean', default: true},
			slow: {type: 'boolean', default: false},
			plain: {type: 'boolean', default: false},
			check: {type: 'boolean', default: false},
			logLevel: {type: 'string'},
			logFile: {type: 'string'},
			profile: {type: 'string'},
			help: {type: 'boolean', default: false},
			version: {type: 'boolean', default: false},
		},
	});
	return {words: input, flags: {...flags, asGroup: flags.asGroup ?? []}};
}
