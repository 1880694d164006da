import {plural} from '../../text.ts';
import type {ProbeSource} from '../cell.ts';
import {isSafeAddress, isSafeName, isSafePath} from './safe-word.ts';
import type {ProbePlan, ProbeQuestion} from './probe-plan.ts';

/** diagnosis.md 4.2 */
export const mostQuestions = 60;
/** A question before it has its number; the greatest weight is dropped first where there are too many. */
export type DraftQuestion = Omit<ProbeQuestion, 'id' | 'samples'> & Readonly<{samples?: number; weight: number}>;

/** A plan of these questions: those that cannot be asked safely left out, the least important dropped where there are too many. */
export function plannedQuestions(title: string, sources: readonly ProbeSource[], drafts: readonly DraftQuestion[], notes: readonly string[]): ProbePlan {
	const safe = drafts.filter(isAskable);
	const kept = new Set(safe.toSorted((a, b) => a.weight - b.weight).slice(0, mostQuestions));
	const questions = safe
		.filter(draft => kept.has(draft))
		.map(({weight: _weight, samples = 1, ...rest}, index): ProbeQuestion => ({...rest, id: index + 1, samples}));
	const dropped = safe.length - questions.length;
	const unsafe = drafts.length - safe.length;
	return {
		title,
		sources,
		questions,
		notes: [
			...notes,
			...(dropped === 0
				? []
				: [`${plural(dropped, 'less important question')} ${dropped === 1 ? 'is' : 'are'} left out: at most ${mostQuestions} are asked in one run.`]),
			...(unsafe === 0 ? [] : [`${unsafe} questions are left out: a name or an address in them is not one that may stand in a command.`]),
		],
	};
}

function isAskable({to, name, host, probe}: DraftQuestion): boolean {
	if (to.address !== '' && !isSafeAddress(to.address)) return false;
	if (!Number.isInteger(to.port) || to.port < 0 || to.port > 65_535) return false;
	const isUrl = probe === 'http-get' || probe === 'mtu';
	return (name === undefined || (isUrl ? isSafePath(name) : isSafeName(name))) && (host === undefined || isSafeName(host));
}
