import type {ContextInfo} from '../core/cluster-client.ts';
import {plural} from '../core/text.ts';
import type {CheckLine} from './check-report.ts';

/** What is known before anything is contacted. */
export type TerminalFacts = Readonly<{isTerminal: boolean; term: string; columns: number; rows: number; isUtf8: boolean; colours: string; isDumb: boolean}>;
export type KubeconfigFacts = Readonly<{files: readonly string[]; contexts: readonly ContextInfo[]; current: string}>;

const smallest = {columns: 40, rows: 10};
/** From here on a certificate is worth a word (screens.md 7, Node). */
const certificateWarningDays = 30;

export function terminalLines(facts: TerminalFacts): readonly CheckLine[] {
	const section = 'terminal';
	if (!facts.isTerminal) return [{section, mark: '+', text: 'none here: a view is printed once as text'}];
	const term = facts.term === '' ? 'TERM not set' : `TERM ${facts.term}`;
	const size = `${facts.columns}x${facts.rows}`;
	const text = `${term}, ${size}, ${facts.isUtf8 ? 'UTF-8' : 'ASCII'}, ${facts.colours === 'none' ? 'no colours' : `colours ${facts.colours}`}`;
	if (facts.isDumb) return [{section, mark: '!', text: `${text}: no full screen is possible, views are printed as text`}];
	if (facts.columns < smallest.columns || facts.rows < smallest.rows) {
		return [{section, mark: '!', text: `${text}: the full screen needs ${smallest.columns}x${smallest.rows}`}];
	}
	return [{section, mark: '+', text}];
}

/** The files, the context in use, and every certificate that is near its end. */
export function kubeconfigLines(facts: KubeconfigFacts): readonly CheckLine[] {
	const section = 'kubeconfig';
	const current = facts.contexts.find(context => context.name === facts.current);
	const where = current === undefined ? '' : `, cluster ${current.cluster}, namespace ${current.namespace}`;
	const days = current?.certificateDays;
	const head = `${facts.files.join(', ')}: ${plural(facts.contexts.length, 'context')}, current ${facts.current}${where}${days === undefined || days < 0 ? '' : `, client certificate ${days}d`}`;
	return [{section, mark: '+', text: head}, ...facts.contexts.flatMap(context => certificateLine(context, facts.current))];
}

function certificateLine({name, certificateDays}: ContextInfo, current: string): readonly CheckLine[] {
	if (certificateDays === undefined || certificateDays >= certificateWarningDays) return [];
	const ended = certificateDays < 0;
	const text = ended
		? `context ${name}: the client certificate expired ${-certificateDays}d ago`
		: `context ${name}: the client certificate ends in ${certificateDays}d`;
	return [{section: 'kubeconfig', mark: ended && name === current ? 'X' : '!', text}];
}
